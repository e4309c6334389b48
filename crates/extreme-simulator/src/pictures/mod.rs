//! Pictures of cars, drawn when they are asked for: the side of a car of that shape and colour. The same photo is always the same bytes.

mod draw;
mod shape;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use serde_json::Value;

use crate::locked;
use crate::store::Record;

/// How many drawn pictures are kept.
const KEPT: usize = 128;

/// What is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    pub body_type: String,
    pub body_color: String,
    /// Which of the car's pictures, from 1.
    pub place: u32,
    /// Chooses the background.
    pub mood: u32,
}

impl Subject {
    pub fn of(vehicle: &Record, photo_id: &str) -> Self {
        let text = |member: &str| vehicle.get(member).and_then(Value::as_str).unwrap_or_default().to_owned();
        let mut parts = photo_id.rsplitn(3, '-');
        let mood = parts.next().and_then(|mood| u32::from_str_radix(mood, 16).ok()).unwrap_or_default();
        let place = parts.next().and_then(|place| place.parse().ok()).unwrap_or(1);
        Self { body_type: text("body_type"), body_color: text("body_color"), place, mood }
    }
}

/// Whether a car has that picture.
pub fn is_photo(vehicle: &Record, photo_id: &str) -> bool {
    let photos = vehicle.get("photos").and_then(Value::as_array);
    photos.is_some_and(|photos| photos.iter().any(|photo| photo.get("photo_id") == Some(&photo_id.into())))
}

/// The pictures that were drawn last.
#[derive(Default)]
pub struct Gallery(Mutex<VecDeque<Drawn>>);

struct Drawn {
    subject: Subject,
    png: Arc<[u8]>,
}

impl Gallery {
    /// The picture as PNG; none where it cannot be drawn, for want of memory.
    pub fn picture(&self, subject: &Subject) -> Option<Arc<[u8]>> {
        if let Some(drawn) = locked(&self.0).iter().find(|drawn| drawn.subject == *subject) {
            return Some(Arc::clone(&drawn.png));
        }
        let png: Arc<[u8]> = draw::png(subject)?.into();
        let mut kept = locked(&self.0);
        kept.push_front(Drawn { subject: subject.clone(), png: Arc::clone(&png) });
        kept.truncate(KEPT);
        Some(png)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subject(body_type: &str, place: u32) -> Subject {
        Subject { body_type: body_type.to_owned(), body_color: "パールホワイト".to_owned(), place, mood: 7 }
    }

    #[test]
    fn every_shape_is_a_small_png_of_its_own_and_always_the_same() {
        let gallery = Gallery::default();
        let shapes = ["kei", "compact", "sedan", "wagon", "minivan", "suv", "coupe", "open", "hatchback", "truck"];
        let mut drawn: Vec<Arc<[u8]>> = Vec::new();
        for shape in shapes {
            let png = gallery.picture(&subject(shape, 1)).unwrap();
            assert!(png.starts_with(b"\x89PNG") && png.len() <= 60 * 1024, "{shape}: {}", png.len());
            assert_eq!(Gallery::default().picture(&subject(shape, 1)).unwrap(), png);
            assert!(!drawn.contains(&png), "{shape}");
            drawn.push(png);
        }
        assert_ne!(gallery.picture(&subject("kei", 2)).unwrap(), drawn[0]);
    }

    #[test]
    fn a_photo_names_its_place_and_its_mood() {
        let subject = Subject::of(&Record::new(), "S-01042-3-7f3a");
        assert_eq!((subject.place, subject.mood), (3, 0x7f3a));
    }
}
