import type { WooImage } from '../records.ts';
import { bodies, integerOf, isBody, textOf, type Body } from '../rest/body.ts';
import { Refused } from '../rest/refused.ts';
import type { Site } from '../site.ts';

/**
 * The pictures that were sent: one with the id of a picture is that one, one with an address is downloaded again every time.
 * Nothing was sent: nothing. A variation has one `image`. WooCommerce source 10.0.2, read 2026-11-23.
 */
export function imagesOf(site: Site, body: Body): readonly WooImage[] | undefined {
  const one = body['image'];
  if (isBody(one)) return [imageOf(site, one)];
  return body['images'] === undefined ? undefined : bodies(body['images']).map((sent) => imageOf(site, sent));
}

function imageOf(site: Site, sent: Body): WooImage {
  const id = integerOf(sent['id']) ?? 0;
  const known = id === 0 ? undefined : allImages(site).find((image) => image.id === id);
  if (known) return { ...known, name: textOf(sent['name']) ?? known.name, alt: textOf(sent['alt']) ?? known.alt };
  const address = textOf(sent['src']) ?? '';
  const src = address === '' || address.includes('://') ? address : `http://${address}`;
  if (id !== 0 || src === '') {
    throw new Refused(400, 'woocommerce_product_invalid_image_id', `#${id} is an invalid image ID.`);
  }
  if (!/^https?:\/\/[^/]+\./.test(src) || !URL.canParse(src)) {
    const message = `Error getting remote image ${src}. Error: A valid URL was not provided.`;
    throw new Refused(400, 'woocommerce_product_image_upload_error', message);
  }
  const file = new URL(src).pathname.split('/').at(-1) ?? 'image.jpg';
  return {
    id: site.store.nextId('post'),
    src: `${site.home}/wp-content/uploads/${new Date(site.now()).toISOString().slice(0, 7).replace('-', '/')}/${file}`,
    name: textOf(sent['name']) ?? file.replace(/\.\w+$/, ''),
    alt: textOf(sent['alt']) ?? '',
    createdAt: site.now(),
  };
}

function allImages({ store }: Site): readonly WooImage[] {
  return [...store.products.values()].flatMap(({ images }) => images);
}
