//! Drawing one picture.

use tiny_skia::{
    Color, FillRule, GradientStop, LinearGradient, Paint, Path, PathBuilder, Pixmap, Point, Rect, SpreadMode, Transform,
};

use super::Subject;
use super::shape::{self, Shape};

const WIDTH: u32 = 640;
const HEIGHT: u32 = 420;
/// Where the road lies.
const GROUND: f32 = 330.0;

type Rgb = (u8, u8, u8);

/// Skies and grounds of the places where the pictures were taken.
const PLACES: &[(Rgb, Rgb, Rgb)] = &[
    ((214, 228, 240), (240, 244, 247), (176, 180, 184)),
    ((232, 234, 238), (248, 248, 248), (196, 196, 192)),
    ((196, 214, 226), (236, 238, 232), (158, 166, 160)),
    ((222, 216, 210), (246, 242, 236), (184, 176, 168)),
];

/// Draws the car as PNG.
pub fn png(subject: &Subject) -> Option<Vec<u8>> {
    let mut picture = Pixmap::new(WIDTH, HEIGHT)?;
    background(&mut picture, subject);
    let shape = shape::of(&subject.body_type);
    car(&mut picture, shape, paint_of(&subject.body_color), view(subject, shape));
    picture.encode_png().ok()
}

/// The angle from which the car is seen: every other picture shows it from the other side, and some from nearer.
fn view(subject: &Subject, shape: &Shape) -> Transform {
    let zoom = match subject.place % 4 {
        1 => 1.0,
        2 => 0.92,
        3 => 1.16,
        _ => 0.84,
    };
    let (width, height) = (shape.size.0 * zoom, shape.size.1 * zoom);
    // Seen from ahead or behind a car is shorter.
    let width = if subject.place.is_multiple_of(3) { width * 0.72 } else { width };
    let mirror = if subject.place.is_multiple_of(2) { -1.0 } else { 1.0 };
    let (x, y) = (320.0 - mirror * width / 2.0, GROUND + 6.0 - height);
    Transform::from_row(mirror * width / 100.0, 0.0, 0.0, height / 100.0, x, y)
}

fn background(picture: &mut Pixmap, subject: &Subject) {
    let choice = usize::try_from(subject.mood + subject.place).unwrap_or_default() % PLACES.len();
    let (sky, horizon, ground) = PLACES[choice];
    let stops = vec![GradientStop::new(0.0, color(sky)), GradientStop::new(1.0, color(horizon))];
    let (top, bottom) = (Point::from_xy(0.0, 0.0), Point::from_xy(0.0, 280.0));
    let mut paint = Paint::default();
    if let Some(shader) = LinearGradient::new(top, bottom, stops, SpreadMode::Pad, Transform::identity()) {
        paint.shader = shader;
    }
    rect(picture, (0.0, 0.0, 640.0, 420.0), &paint);
    rect(picture, (0.0, 280.0, 640.0, 140.0), &flat(ground));
    // A wall or a hedge at the back of the yard.
    let wall = shade(ground, if subject.mood.is_multiple_of(2) { 112 } else { 86 });
    rect(picture, (0.0, 236.0, 640.0, 46.0), &flat(wall));
}

fn car(picture: &mut Pixmap, shape: &Shape, body: Rgb, view: Transform) {
    shadow(picture, view);
    fill(picture, outline(shape.body), &flat(body), view);
    // The lower third lies in its own shade.
    let sill = [(0.0, 72.0), (100.0, 72.0), (100.0, 86.0), (0.0, 86.0)];
    fill(picture, outline(&sill), &flat(shade(body, 82)), view);
    fill(picture, outline(shape.glass), &flat((44, 54, 64)), view);
    for pillar in shape.pillars {
        let post = [(pillar - 1.0, 8.0), (pillar + 1.0, 8.0), (pillar + 1.2, 44.0), (pillar - 1.2, 44.0)];
        fill(picture, outline(&post), &flat(body), view);
        let door = [(pillar - 0.2, 46.0), (pillar + 0.2, 46.0), (pillar + 0.2, 80.0), (pillar - 0.2, 80.0)];
        fill(picture, outline(&door), &flat(shade(body, 70)), view);
        let handle = [(pillar + 2.0, 50.0), (pillar + 6.0, 50.0), (pillar + 6.0, 52.5), (pillar + 2.0, 52.5)];
        fill(picture, outline(&handle), &flat(shade(body, 62)), view);
    }
    let lamp = [(0.5, 54.0), (6.0, 51.0), (7.0, 58.0), (0.5, 62.0)];
    fill(picture, outline(&lamp), &flat((250, 246, 224)), view);
    let tail = [(97.5, 50.0), (100.0, 50.0), (100.0, 64.0), (97.5, 62.0)];
    fill(picture, outline(&tail), &flat((186, 32, 36)), view);
    for centre in [shape.wheels.0, shape.wheels.1] {
        wheel(picture, centre, shape.wheel, view);
    }
}

fn shadow(picture: &mut Pixmap, view: Transform) {
    let path = Rect::from_xywh(-2.0, 93.0, 104.0, 10.0).and_then(PathBuilder::from_oval);
    let mut paint = Paint { anti_alias: true, ..Paint::default() };
    paint.set_color_rgba8(0, 0, 0, 60);
    fill(picture, path, &paint, view);
}

/// Wheels are round, whatever the car's proportions.
fn wheel(picture: &mut Pixmap, centre: f32, size: f32, view: Transform) {
    let (x, height) = (view.sx * centre + view.tx, view.sy * 100.0);
    let radius = height * size;
    let y = view.ty + height - radius + 2.0;
    for (part, paint) in [(1.0, (26, 27, 29)), (0.66, (168, 172, 176)), (0.5, (120, 124, 128)), (0.14, (60, 62, 64))] {
        fill(picture, PathBuilder::from_circle(x, y, radius * part), &flat(paint), Transform::identity());
    }
}

fn outline(points: &[(f32, f32)]) -> Option<Path> {
    let mut path = PathBuilder::new();
    let (first, rest) = points.split_first()?;
    path.move_to(first.0, first.1);
    for (x, y) in rest {
        path.line_to(*x, *y);
    }
    path.close();
    path.finish()
}

fn fill(picture: &mut Pixmap, path: Option<Path>, paint: &Paint<'_>, view: Transform) {
    if let Some(path) = path {
        picture.fill_path(&path, paint, FillRule::Winding, view, None);
    }
}

fn rect(picture: &mut Pixmap, (x, y, width, height): (f32, f32, f32, f32), paint: &Paint<'_>) {
    if let Some(rect) = Rect::from_xywh(x, y, width, height) {
        picture.fill_rect(rect, paint, Transform::identity(), None);
    }
}

fn flat((red, green, blue): Rgb) -> Paint<'static> {
    let mut paint = Paint { anti_alias: true, ..Paint::default() };
    paint.set_color_rgba8(red, green, blue, 255);
    paint
}

fn color((red, green, blue): Rgb) -> Color {
    Color::from_rgba8(red, green, blue, 255)
}

/// So many hundredths as bright.
fn shade((red, green, blue): Rgb, percent: u16) -> Rgb {
    let part = |value: u8| u8::try_from((u16::from(value) * percent / 100).min(255)).unwrap_or(u8::MAX);
    (part(red), part(green), part(blue))
}

/// What a colour looks like, by the words of its name.
fn paint_of(name: &str) -> Rgb {
    let known: &[(&str, Rgb)] = &[
        ("ホワイト", (240, 240, 236)),
        ("ブラック", (38, 40, 43)),
        ("シルバー", (190, 194, 198)),
        ("ガンメタ", (98, 103, 110)),
        ("ソウルレッド", (158, 22, 32)),
        ("レッド", (178, 34, 40)),
        ("ダークブルー", (34, 56, 98)),
        ("ライトブルー", (142, 184, 208)),
        ("ブルー", (40, 90, 160)),
        ("カーキ", (110, 112, 84)),
        ("ベージュ", (206, 192, 168)),
        ("ブラウン", (104, 74, 54)),
        ("イエロー", (232, 196, 48)),
    ];
    known.iter().find(|(word, _)| name.contains(word)).map_or((150, 156, 160), |(_, paint)| *paint)
}
