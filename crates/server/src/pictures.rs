//! Pictures that people send: measured before they are decoded, made small, and written anew, so that nothing but the picture
//! itself is kept of them.

use std::io::Cursor;
use std::time::Duration;

use actix_web::web::Bytes;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader};
use tokio::sync::Semaphore;

use crate::Error;

/// The types that are taken.
pub const TYPES: &[&str] = &["image/png", "image/jpeg", "image/webp"];
/// A picture of more would fill the memory when it is decoded.
const MOST_PIXELS: u64 = 40_000_000;

/// One picture is decoded at a time.
static DECODING: Semaphore = Semaphore::const_new(1);
const WAIT: Duration = Duration::from_secs(5);

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
    let turn = tokio::time::timeout(WAIT, DECODING.acquire()).await.map_err(|_elapsed| Error::Busy)?;
    let _turn = turn.map_err(|closed| Error::Internal(closed.to_string()))?;
    let shrunk = tokio::task::spawn_blocking(move || shrink_now(&bytes, longest));
    shrunk.await.map_err(|error| Error::Internal(error.to_string()))?.map_err(|code| Error::field("", code))
}

fn shrink_now(bytes: &[u8], longest: u32) -> Result<Picture, &'static str> {
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
    if picture.width().max(picture.height()) > longest {
        picture = picture.resize(longest, longest, FilterType::Lanczos3);
    }
    let mut png = Cursor::new(Vec::new());
    // Eight bits a colour, whatever came: browsers show no more.
    let picture = DynamicImage::ImageRgba8(picture.into_rgba8());
    picture.write_to(&mut png, ImageFormat::Png).map_err(|_| "picture.form")?;
    Ok(Picture { png: png.into_inner(), width: picture.width(), height: picture.height() })
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
