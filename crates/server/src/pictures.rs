//! Pictures that people send: measured before they are decoded, made small, and written anew, so that nothing but the picture
//! itself is kept of them.

use std::io::Cursor;
use std::time::Duration;

use actix_web::web::Bytes;
use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, RgbaImage};
use tokio::sync::Semaphore;

use crate::Error;

/// The types that are taken.
pub const TYPES: &[&str] = &["image/png", "image/jpeg", "image/webp"];
/// A picture of more would fill the memory when it is decoded.
const MOST_PIXELS: u64 = 40_000_000;

/// One picture is decoded at a time.
static DECODING: Semaphore = Semaphore::const_new(1);
const WAIT: Duration = Duration::from_secs(5);

/// Of photographs, from 1 to 100.
const QUALITY: u8 = 82;

/// A picture as it is kept: a PNG.
pub struct Picture {
    pub png: Vec<u8>,
    pub width: u32,
    pub height: u32,
}

/// Makes a picture at most `longest` pixels wide and high, off the threads that serve requests.
///
/// # Errors
/// `picture.form` for what is no picture of the types, `picture.pixels` for one too large to decode, `Busy` when others are in work.
pub async fn shrink(bytes: Bytes, longest: u32) -> Result<Picture, Error> {
    decoding(move || shrink_now(&bytes, longest)).await
}

/// Makes a photograph anew in several sizes, the largest first, each at most so wide and high: JPEGs, in which photographs are small.
///
/// # Errors
/// As [`shrink`].
pub async fn remake<const N: usize>(bytes: Bytes, sizes: [u32; N]) -> Result<[Vec<u8>; N], Error> {
    decoding(move || remake_now(&bytes, sizes)).await
}

/// Which of the types a picture is that was made here.
#[must_use]
pub fn kind_of(picture: &[u8]) -> &'static str {
    if picture.starts_with(b"\xff\xd8") { "image/jpeg" } else { "image/png" }
}

async fn decoding<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, &'static str> + Send + 'static,
) -> Result<T, Error> {
    let turn = tokio::time::timeout(WAIT, DECODING.acquire()).await.map_err(|_elapsed| Error::Busy)?;
    let _turn = turn.map_err(|closed| Error::Internal(closed.to_string()))?;
    let done = tokio::task::spawn_blocking(work);
    done.await.map_err(|error| Error::Internal(error.to_string()))?.map_err(|code| Error::field("", code))
}

/// The picture the right way up, measured before it is decoded.
fn decode(bytes: &[u8]) -> Result<DynamicImage, &'static str> {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| "picture.form")?;
    let known = [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP];
    if reader.format().is_none_or(|format| !known.contains(&format)) {
        return Err("picture.form");
    }
    let mut decoder = reader.into_decoder().map_err(|_| "picture.form")?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err("picture.pixels");
    }
    let upright = decoder.orientation().map_err(|_| "picture.form")?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|_| "picture.form")?;
    picture.apply_orientation(upright);
    Ok(picture)
}

fn fitted(picture: DynamicImage, longest: u32) -> DynamicImage {
    if picture.width().max(picture.height()) > longest {
        picture.resize(longest, longest, FilterType::Lanczos3)
    } else {
        picture
    }
}

fn shrink_now(bytes: &[u8], longest: u32) -> Result<Picture, &'static str> {
    let picture = fitted(decode(bytes)?, longest);
    let mut png = Cursor::new(Vec::new());
    // Eight bits a colour, whatever came: browsers show no more.
    let picture = DynamicImage::ImageRgba8(picture.into_rgba8());
    picture.write_to(&mut png, ImageFormat::Png).map_err(|_| "picture.form")?;
    Ok(Picture { png: png.into_inner(), width: picture.width(), height: picture.height() })
}

fn remake_now<const N: usize>(bytes: &[u8], sizes: [u32; N]) -> Result<[Vec<u8>; N], &'static str> {
    let mut picture = on_white(&decode(bytes)?);
    let mut made = [const { Vec::new() }; N];
    for (made, longest) in made.iter_mut().zip(sizes) {
        // A small one is made of the larger one, which is quicker and looks the same.
        picture = fitted(picture, longest);
        let encoder = JpegEncoder::new_with_quality(&mut *made, QUALITY);
        picture.write_with_encoder(encoder).map_err(|_| "picture.form")?;
    }
    Ok(made)
}

/// A JPEG knows nothing of transparency.
fn on_white(picture: &DynamicImage) -> DynamicImage {
    if !picture.color().has_alpha() {
        return DynamicImage::ImageRgb8(picture.to_rgb8());
    }
    let mut white = RgbaImage::from_pixel(picture.width(), picture.height(), image::Rgba([255; 4]));
    image::imageops::overlay(&mut white, picture, 0, 0);
    DynamicImage::ImageRgb8(DynamicImage::ImageRgba8(white).into_rgb8())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        DynamicImage::new_rgb8(width, height).write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn every_type_becomes_a_small_png() {
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
            let small = shrink_now(&sample(300, 150, format), 100).unwrap();
            assert_eq!((small.width, small.height), (100, 50), "{format:?}");
            assert_eq!(image::guess_format(&small.png).unwrap(), ImageFormat::Png);
        }
        let kept = shrink_now(&sample(30, 15, ImageFormat::Png), 100).unwrap();
        assert_eq!((kept.width, kept.height), (30, 15), "nothing is blown up");
    }

    #[test]
    fn a_photograph_is_made_anew_in_every_size() {
        let photo = sample(2_000, 1_500, ImageFormat::Png);
        let [large, small] = remake_now(&photo, [1_600, 480]).unwrap();
        for (made, longest) in [(&large, 1_600), (&small, 480)] {
            let decoded = decode(made).unwrap();
            assert_eq!((decoded.width(), decoded.height()), (longest, longest * 3 / 4));
            assert_eq!((kind_of(made), image::guess_format(made).unwrap()), ("image/jpeg", ImageFormat::Jpeg));
        }
        let mut clear = Cursor::new(Vec::new());
        DynamicImage::new_rgba8(8, 8).write_to(&mut clear, ImageFormat::Png).unwrap();
        let [made] = remake_now(clear.get_ref(), [480]).unwrap();
        assert!(decode(&made).unwrap().to_rgb8().pixels().all(|pixel| pixel.0.iter().all(|part| *part > 250)), "white");
        assert_eq!(remake_now(b"<html>", [480]).err(), Some("picture.form"));
    }

    /// The header says how large it would be; nothing behind it is looked at.
    #[test]
    fn a_picture_that_would_fill_the_memory_is_not_decoded() {
        let mut bomb = sample(1, 1, ImageFormat::Png);
        for (at, side) in [(16, 20_000_u32), (20, 20_000)] {
            bomb[at..at + 4].copy_from_slice(&side.to_be_bytes());
        }
        let crc = crc32(&bomb[12..29]);
        bomb[29..33].copy_from_slice(&crc.to_be_bytes());
        assert_eq!(shrink_now(&bomb, 100).err(), Some("picture.pixels"));
        assert_eq!(remake_now(&bomb, [100]).err(), Some("picture.pixels"));
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        let mut cut = sample(30, 30, ImageFormat::Png);
        cut.truncate(50);
        for wrong in [b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(), b"GIF89a".to_vec(), Vec::new(), cut] {
            assert_eq!(shrink_now(&wrong, 100).err(), Some("picture.form"));
        }
    }

    /// What a location, a name or a script might hide in is gone.
    #[test]
    fn nothing_but_the_picture_is_kept() {
        let mut bytes = sample(30, 30, ImageFormat::Jpeg);
        let comment = b"\xff\xfe\x00\x12canary-canary-12";
        bytes.splice(2..2, comment.iter().copied());
        let kept = shrink_now(&bytes, 100).unwrap().png;
        assert!(!kept.windows(6).any(|part| part == b"canary"));
    }

    fn crc32(bytes: &[u8]) -> u32 {
        let mut crc = flate2::Crc::new();
        crc.update(bytes);
        crc.sum()
    }
}
