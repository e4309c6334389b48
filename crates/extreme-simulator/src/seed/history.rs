//! What happens with cars: they are bought, sold, owned, looked after and inspected.

use chrono::{Datelike, NaiveDate};

use super::cars::{Car, add_years, year};
use super::life::after;
use super::records::{Inspection, Line, MaintenanceRecord, Purchase, Sale, StockPurchase, Vehicle};
use crate::random::Random;

/// The figures of a sale.
#[derive(Clone, Debug)]
pub struct Figures {
    pub vehicle_price_yen: i64,
    pub options_yen: i64,
    pub fees_yen: i64,
    pub discount_yen: i64,
    pub trade_in_yen: i64,
    pub cost_yen: i64,
    pub payment: Option<String>,
}

impl Figures {
    /// Another dealer pays the price and nothing else.
    fn wholesale(cost_yen: i64) -> Self {
        Self {
            vehicle_price_yen: cost_yen * 103 / 100,
            options_yen: 0,
            fees_yen: 0,
            discount_yen: 0,
            trade_in_yen: 0,
            cost_yen,
            payment: None,
        }
    }

    /// What the customer pays, before the trade-in is taken off.
    pub fn total_yen(&self) -> i64 {
        self.vehicle_price_yen + self.options_yen + self.fees_yen - self.discount_yen
    }
}

/// Whose a car becomes, and who sold it to them.
#[derive(Clone, Debug)]
pub struct Owner {
    pub customer_code: Option<String>,
    pub staff_code: String,
    pub store_code: String,
}

const PAYMENTS: &[(u64, &str)] = &[(48, "cash"), (27, "instalments"), (8, "bonus"), (15, "balloon"), (2, "lease")];

/// The figures by which a car of the stock is sold.
pub fn figures(vehicle: &Vehicle, random: &mut Random) -> Figures {
    let price = vehicle.vehicle_price_yen.unwrap_or(vehicle.purchase_cost_yen * 10 / 9);
    Figures {
        vehicle_price_yen: price,
        options_yen: if random.chance(55) { random.between(1, 24) * 5_500 } else { 0 },
        fees_yen: vehicle.fees_yen.unwrap_or_default(),
        discount_yen: if random.chance(35) { random.between(1, 5) * 10_000 } else { 0 },
        trade_in_yen: if random.chance(45) { random.between(3, 90) * 10_000 } else { 0 },
        cost_yen: vehicle.purchase_cost_yen,
        payment: Some(random.weighted(PAYMENTS).to_owned()),
    }
}

/// The figures of a sale long ago, of which little is kept.
pub fn old_figures(car: &Car, on: NaiveDate, random: &mut Random) -> Figures {
    let price = car.price(on, random);
    let payment = random.chance(85).then(|| random.weighted(PAYMENTS).to_owned());
    Figures {
        vehicle_price_yen: price,
        options_yen: 0,
        fees_yen: 110_000,
        discount_yen: 0,
        trade_in_yen: 0,
        cost_yen: price * 85 / 100,
        payment,
    }
}

/// The sale of a car of the stock.
pub fn sale(number: u64, vehicle: &Vehicle, owner: &Owner, figures: &Figures, delivered_on: Option<NaiveDate>) -> Sale {
    let sold_on = vehicle.sold_on.unwrap_or(vehicle.purchased_on);
    let is_retail = owner.customer_code.is_some();
    let figures = if is_retail { figures.clone() } else { Figures::wholesale(figures.cost_yen) };
    Sale {
        sale_number: format!("U-{}-{number:06}", year(sold_on)),
        stock_number: vehicle.stock_number.clone(),
        customer_code: owner.customer_code.clone(),
        staff_code: owner.staff_code.clone(),
        store_code: owner.store_code.clone(),
        contract_number: None,
        channel: if is_retail { "retail" } else { "wholesale" },
        payment: figures.payment.clone(),
        sold_on,
        delivered_on,
        cancelled_on: None,
        vehicle_price_yen: figures.vehicle_price_yen,
        options_yen: figures.options_yen,
        fees_yen: figures.fees_yen,
        discount_yen: figures.discount_yen,
        trade_in_yen: figures.trade_in_yen,
        total_yen: figures.total_yen(),
        cost_yen: figures.cost_yen,
        // Fees are passed on; half of what options cost is earned.
        gross_profit_yen: figures.vehicle_price_yen + figures.options_yen / 2 - figures.discount_yen - figures.cost_yen,
    }
}

/// How a car came into stock. What was paid for it, its transport and its reconditioning are its cost.
pub fn stock_purchase(vehicle: &Vehicle, number: u64, staff_code: String, random: &mut Random) -> StockPurchase {
    let channel = match vehicle.condition {
        "new" => "maker",
        _ => random.weighted(&[(52, "auction"), (26, "trade_in"), (16, "buy_in"), (4, "transfer"), (2, "other")]),
    };
    let supplier = match channel {
        "auction" => Some(random.pick(&["USS群馬", "USS東京", "JU群馬", "CAA東京", "TAA関東"])),
        "maker" => Some("メーカー"),
        _ => None,
    };
    let cost = vehicle.purchase_cost_yen;
    let transport_yen = if channel == "auction" { random.between(6, 30) * 1_000 } else { 0 };
    let reconditioning_yen = (cost / 10).min(random.between(8, 120) * 1_000);
    StockPurchase {
        stock_purchase_number: format!("P-{}-{number:06}", year(vehicle.purchased_on)),
        stock_number: vehicle.stock_number.clone(),
        channel,
        supplier,
        customer_code: None,
        staff_code: Some(staff_code),
        store_code: vehicle.store_code.clone(),
        purchased_on: vehicle.purchased_on,
        price_yen: cost - transport_yen - reconditioning_yen,
        transport_yen,
        reconditioning_yen,
    }
}

/// What a customer bought, and until when they had it.
pub fn purchase(
    number: u64,
    car: &Car,
    (customer_code, stock_number): (&str, Option<String>),
    owner: &Owner,
    figures: &Figures,
    (purchased_on, delivered_on, today): (NaiveDate, NaiveDate, NaiveDate),
    owned_until: Option<NaiveDate>,
) -> Purchase {
    let years = match figures.payment.as_deref() {
        Some("balloon") => Some(if number.is_multiple_of(2) { 3 } else { 5 }),
        Some("instalments" | "bonus" | "lease") => Some(if number.is_multiple_of(3) { 7 } else { 5 }),
        _ => None,
    };
    let ends_on = |years| add_years(delivered_on, years).with_day(27);
    Purchase {
        purchase_number: format!("B-{}-{number:06}", year(purchased_on)),
        customer_code: customer_code.to_owned(),
        stock_number,
        car: car.owned(),
        grade: car.grade,
        model_code: Some(car.model.code),
        first_registration_ym: car.first_registration_ym().or_else(|| Some(delivered_on.format("%Y-%m").to_string())),
        inspection_expiry_date: Some(car.inspection_expiry(delivered_on, owned_until.unwrap_or(today))),
        purchased_on,
        delivered_on: Some(delivered_on),
        owned_until,
        total_yen: Some(figures.total_yen()),
        payment: figures.payment.clone(),
        payments_end_on: years.and_then(ends_on),
        staff_code: Some(owner.staff_code.clone()),
        store_code: owner.store_code.clone(),
    }
}

/// What was done to a car.
#[derive(Clone, Debug)]
pub enum Service {
    Work(MaintenanceRecord),
    Inspection(Inspection),
}

/// Kind, summary, and lines with 技術料 and 部品代.
pub type Job = (&'static str, &'static str, &'static [Line]);

const fn line(text: &'static str, labor_yen: i64, parts_yen: i64) -> Line {
    Line { text, labor_yen, parts_yen }
}

#[rustfmt::skip]
pub static JOBS: &[(u64, Job)] = &[
    (40, ("maintenance", "オイル・エレメント交換", &[line("エンジンオイル交換", 1_650, 4_620), line("オイルエレメント交換", 550, 1_430)])),
    (16, ("maintenance", "タイヤ履き替え", &[line("夏・冬タイヤ履き替え 4本", 3_300, 0)])),
    (8, ("maintenance", "タイヤ4本交換", &[line("タイヤ 4本", 0, 48_400), line("組替・バランス調整", 8_800, 0)])),
    (9, ("maintenance", "バッテリー交換", &[line("バッテリー交換", 1_100, 15_400)])),
    (6, ("maintenance", "ワイパーゴム・エアコンフィルター交換", &[line("ワイパーゴム", 550, 1_650), line("エアコンフィルター", 550, 3_300)])),
    (7, ("bodywork", "リアバンパー修理・塗装", &[line("リアバンパー脱着", 8_800, 0), line("修理・塗装", 27_500, 3_300)])),
    (4, ("bodywork", "左フロントドア板金", &[line("左フロントドア板金・塗装", 46_200, 4_400)])),
    (5, ("repair", "ブレーキパッド交換", &[line("フロントブレーキパッド交換", 6_600, 9_900)])),
    (3, ("repair", "エアコン修理", &[line("点検・診断", 5_500, 0), line("コンデンサー交換", 16_500, 38_500)])),
    (2, ("repair", "パワースライドドア修理", &[line("モーター交換", 13_200, 41_800)])),
];

/// The work and the inspections of a car between two days; its documents get their numbers when they are laid.
pub fn services(
    car: &Car,
    purchase: &Purchase,
    (from, until): (NaiveDate, NaiveDate),
    random: &mut Random,
) -> Vec<Service> {
    let mut services = Vec::new();
    let mut day = after(from, random.between(120, 300));
    let mut expiry = car.inspection_expiry(from, from);
    while day <= until && services.len() < 12 {
        let odometer_km = car.odometer_km + (day - from).num_days() * 24;
        if expiry <= day {
            services.push(inspection(
                purchase,
                ("inspection", expiry, Some(add_years(expiry, 2))),
                odometer_km,
                car.model.is_kei(),
            ));
            expiry = add_years(expiry, 2);
        } else if random.chance(30) {
            services.push(inspection(purchase, ("legal_12_months", day, None), odometer_km, car.model.is_kei()));
        }
        if random.chance(55) {
            services.push(work(purchase, random.weighted(JOBS), (day, until), odometer_km));
        }
        day = after(day, random.between(200, 420));
    }
    services
}

fn work(
    purchase: &Purchase,
    (kind, summary, lines): Job,
    (day, until): (NaiveDate, NaiveDate),
    odometer_km: i64,
) -> Service {
    let done = if kind == "maintenance" { day } else { after(day, 3) };
    Service::Work(MaintenanceRecord {
        record_number: String::new(),
        customer_code: purchase.customer_code.clone(),
        car: purchase.car.clone(),
        kind,
        received_on: day,
        completed_on: (done <= until).then_some(done),
        odometer_km: Some(odometer_km),
        summary: summary.to_owned(),
        lines: lines.to_vec(),
        total_yen: Some(lines.iter().map(|line| line.labor_yen + line.parts_yen).sum()),
        staff_code: purchase.staff_code.clone(),
        store_code: purchase.store_code.clone(),
    })
}

fn inspection(
    purchase: &Purchase,
    (kind, performed_on, expiry_date): (&'static str, NaiveDate, Option<NaiveDate>),
    odometer_km: i64,
    is_kei: bool,
) -> Service {
    let price = match (kind, is_kei) {
        ("inspection", true) => 68_000,
        ("inspection", false) => 98_000,
        (_, true) => 13_200,
        (_, false) => 17_600,
    };
    Service::Inspection(Inspection {
        inspection_number: String::new(),
        customer_code: purchase.customer_code.clone(),
        car: purchase.car.clone(),
        kind,
        performed_on,
        expiry_date,
        odometer_km: Some(odometer_km),
        total_yen: Some(price),
        staff_code: purchase.staff_code.clone(),
        store_code: purchase.store_code.clone(),
    })
}
