//! The outlines of cars from the side, in hundredths of their length and height, the nose to the left.

/// One kind of car.
pub struct Shape {
    /// Width and height in the picture.
    pub size: (f32, f32),
    /// The body from the front bumper over the roof to the rear bumper.
    pub body: &'static [(f32, f32)],
    /// The side windows.
    pub glass: &'static [(f32, f32)],
    /// Where the pillars between the windows stand.
    pub pillars: &'static [f32],
    /// The centres of the wheels, and their radius in parts of the height.
    pub wheels: (f32, f32),
    pub wheel: f32,
}

/// The shape of a `body_type`.
pub fn of(body_type: &str) -> &'static Shape {
    match body_type {
        "kei" | "kei_van" => &KEI,
        "minivan" | "van" | "camper" => &MINIVAN,
        "suv" => &SUV,
        "sedan" => &SEDAN,
        "wagon" => &WAGON,
        "coupe" => &COUPE,
        "open" => &OPEN,
        "truck" => &TRUCK,
        "hatchback" => &HATCHBACK,
        _ => &COMPACT,
    }
}

static KEI: Shape = Shape {
    size: (370.0, 215.0),
    body: &[
        (0., 88.),
        (0., 52.),
        (4., 44.),
        (15., 40.),
        (24., 6.),
        (32., 2.),
        (94., 2.),
        (98., 8.),
        (100., 46.),
        (100., 88.),
    ],
    glass: &[(21., 40.), (28., 10.), (92., 10.), (95., 40.)],
    pillars: &[40., 68.],
    wheels: (18., 82.),
    wheel: 0.135,
};

static MINIVAN: Shape = Shape {
    size: (480.0, 200.0),
    body: &[
        (0., 88.),
        (0., 58.),
        (3., 48.),
        (14., 42.),
        (28., 6.),
        (36., 2.),
        (92., 2.),
        (97., 10.),
        (100., 50.),
        (100., 88.),
    ],
    glass: &[(21., 42.), (31., 10.), (91., 10.), (95., 42.)],
    pillars: &[36., 62., 80.],
    wheels: (19., 81.),
    wheel: 0.16,
};

static SUV: Shape = Shape {
    size: (460.0, 190.0),
    body: &[
        (0., 84.),
        (0., 56.),
        (3., 48.),
        (25., 40.),
        (38., 8.),
        (48., 3.),
        (84., 4.),
        (95., 30.),
        (100., 44.),
        (100., 84.),
    ],
    glass: &[(31., 40.), (41., 11.), (82., 11.), (90., 36.)],
    pillars: &[56., 76.],
    wheels: (19., 81.),
    wheel: 0.2,
};

static SEDAN: Shape = Shape {
    size: (490.0, 150.0),
    body: &[
        (0., 84.),
        (0., 60.),
        (4., 52.),
        (28., 42.),
        (42., 8.),
        (52., 3.),
        (66., 5.),
        (80., 38.),
        (97., 44.),
        (100., 60.),
        (100., 84.),
    ],
    glass: &[(33., 42.), (44., 13.), (65., 13.), (75., 38.)],
    pillars: &[55.],
    wheels: (18., 80.),
    wheel: 0.21,
};

static WAGON: Shape = Shape {
    size: (490.0, 152.0),
    body: &[
        (0., 84.),
        (0., 60.),
        (4., 52.),
        (27., 42.),
        (40., 8.),
        (50., 3.),
        (86., 8.),
        (97., 40.),
        (100., 54.),
        (100., 84.),
    ],
    glass: &[(32., 42.), (42., 13.), (84., 15.), (92., 40.)],
    pillars: &[54., 74.],
    wheels: (18., 80.),
    wheel: 0.21,
};

static COUPE: Shape = Shape {
    size: (470.0, 140.0),
    body: &[
        (0., 84.),
        (0., 62.),
        (5., 54.),
        (32., 42.),
        (48., 8.),
        (56., 4.),
        (66., 7.),
        (88., 42.),
        (98., 46.),
        (100., 60.),
        (100., 84.),
    ],
    glass: &[(38., 42.), (50., 14.), (65., 15.), (80., 42.)],
    pillars: &[64.],
    wheels: (18., 79.),
    wheel: 0.235,
};

static OPEN: Shape = Shape {
    size: (450.0, 130.0),
    body: &[
        (0., 84.),
        (0., 60.),
        (5., 50.),
        (38., 40.),
        (48., 10.),
        (50., 10.),
        (43., 42.),
        (72., 40.),
        (76., 30.),
        (80., 40.),
        (97., 44.),
        (100., 58.),
        (100., 84.),
    ],
    glass: &[(40., 40.), (48., 14.), (49., 14.), (43., 40.)],
    pillars: &[],
    wheels: (18., 80.),
    wheel: 0.25,
};

static TRUCK: Shape = Shape {
    size: (380.0, 200.0),
    body: &[
        (0., 88.),
        (0., 50.),
        (8., 8.),
        (14., 3.),
        (38., 3.),
        (40., 8.),
        (40., 52.),
        (100., 52.),
        (100., 80.),
        (60., 88.),
    ],
    glass: &[(6., 46.), (12., 12.), (36., 12.), (36., 46.)],
    pillars: &[18.],
    wheels: (17., 78.),
    wheel: 0.14,
};

static HATCHBACK: Shape = Shape {
    size: (450.0, 155.0),
    body: &[
        (0., 84.),
        (0., 60.),
        (4., 52.),
        (24., 42.),
        (42., 8.),
        (52., 3.),
        (74., 8.),
        (94., 38.),
        (99., 44.),
        (100., 84.),
    ],
    glass: &[(30., 42.), (44., 13.), (73., 15.), (88., 38.)],
    pillars: &[56., 74.],
    wheels: (18., 81.),
    wheel: 0.205,
};

static COMPACT: Shape = Shape {
    size: (410.0, 175.0),
    body: &[
        (0., 86.),
        (0., 56.),
        (4., 48.),
        (20., 40.),
        (36., 6.),
        (46., 2.),
        (82., 5.),
        (95., 30.),
        (100., 46.),
        (100., 86.),
    ],
    glass: &[(26., 40.), (38., 10.), (81., 11.), (91., 36.)],
    pillars: &[50., 72.],
    wheels: (18., 82.),
    wheel: 0.18,
};
