//! The words by which lists of old systems say what the contract has codes for.

use noren_domain::customer::{CustomerKind, InspectionKind, MaintenanceKind, Payment};
use noren_domain::results::{PurchaseChannel, SaleChannel};
use noren_domain::staff_record::Employment;
use noren_domain::vehicle::{
    BodyType, Condition, DriveType, FuelType, InspectionStatus, OdometerStatus, StockStatus, Transmission,
};

pub const STATUS: &[(&str, StockStatus)] = &[
    ("仕入済", StockStatus::Purchased),
    ("仕入", StockStatus::Purchased),
    ("陸送中", StockStatus::InTransit),
    ("輸送中", StockStatus::InTransit),
    ("入庫", StockStatus::Received),
    ("入庫済", StockStatus::Received),
    ("商品化中", StockStatus::Reconditioning),
    ("整備中", StockStatus::Reconditioning),
    ("在庫", StockStatus::Listed),
    ("在庫中", StockStatus::Listed),
    ("展示", StockStatus::Listed),
    ("展示中", StockStatus::Listed),
    ("展示・掲載中", StockStatus::Listed),
    ("掲載中", StockStatus::Listed),
    ("販売中", StockStatus::Listed),
    ("商談中", StockStatus::Negotiating),
    ("仮押さえ", StockStatus::Negotiating),
    ("成約", StockStatus::Contracted),
    ("成約済", StockStatus::Contracted),
    ("売約", StockStatus::Contracted),
    ("売約済", StockStatus::Contracted),
    ("受注", StockStatus::Contracted),
    ("登録中", StockStatus::Registering),
    ("登録手配中", StockStatus::Registering),
    ("納車待ち", StockStatus::AwaitingDelivery),
    ("納車待", StockStatus::AwaitingDelivery),
    ("納車済", StockStatus::Delivered),
    ("納車済み", StockStatus::Delivered),
    ("売却済", StockStatus::Delivered),
    ("業販", StockStatus::Wholesale),
    ("AA出品", StockStatus::Wholesale),
    ("業販・AA出品", StockStatus::Wholesale),
    ("オークション", StockStatus::Wholesale),
    ("廃車", StockStatus::Scrapped),
    ("解体", StockStatus::Scrapped),
];

pub const CONDITION: &[(&str, Condition)] = &[
    ("新車", Condition::New),
    ("未使用車", Condition::Unused),
    ("登録済未使用車", Condition::Unused),
    ("届出済未使用車", Condition::Unused),
    ("中古車", Condition::Used),
    ("中古", Condition::Used),
    ("U", Condition::Used),
    ("N", Condition::New),
];

pub const BODY: &[(&str, BodyType)] = &[
    ("軽自動車", BodyType::Kei),
    ("軽", BodyType::Kei),
    ("コンパクト", BodyType::Compact),
    ("コンパクトカー", BodyType::Compact),
    ("ハッチバック", BodyType::Hatchback),
    ("セダン", BodyType::Sedan),
    ("ハードトップ", BodyType::Sedan),
    ("ステーションワゴン", BodyType::Wagon),
    ("ワゴン", BodyType::Wagon),
    ("ミニバン", BodyType::Minivan),
    ("ミニバン・ワンボックス", BodyType::Minivan),
    ("ワンボックス", BodyType::Minivan),
    ("SUV", BodyType::Suv),
    ("SUV・クロカン", BodyType::Suv),
    ("クロカン", BodyType::Suv),
    ("クーペ", BodyType::Coupe),
    ("オープン", BodyType::Open),
    ("オープンカー", BodyType::Open),
    ("軽バン", BodyType::KeiVan),
    ("軽トラック", BodyType::KeiVan),
    ("軽バン・軽トラック", BodyType::KeiVan),
    ("バン", BodyType::Van),
    ("トラック", BodyType::Truck),
    ("キャンピングカー", BodyType::Camper),
    ("その他", BodyType::Other),
];

pub const FUEL: &[(&str, FuelType)] = &[
    ("ガソリン", FuelType::Gasoline),
    ("レギュラー", FuelType::Gasoline),
    ("ハイオク", FuelType::Gasoline),
    ("軽油", FuelType::Diesel),
    ("ディーゼル", FuelType::Diesel),
    ("LPG", FuelType::Lpg),
    ("ハイブリッド", FuelType::Hybrid),
    ("HV", FuelType::Hybrid),
    ("プラグインハイブリッド", FuelType::PlugInHybrid),
    ("PHEV", FuelType::PlugInHybrid),
    ("電気", FuelType::Electric),
    ("EV", FuelType::Electric),
    ("燃料電池", FuelType::FuelCell),
];

pub const DRIVE: &[(&str, DriveType)] = &[
    ("2WD", DriveType::Ff),
    ("前輪駆動", DriveType::Ff),
    ("後輪駆動", DriveType::Fr),
    ("4WD", DriveType::FourWheel),
    ("AWD", DriveType::FourWheel),
    ("四駆", DriveType::FourWheel),
    ("四輪駆動", DriveType::FourWheel),
];

pub const TRANSMISSION: &[(&str, Transmission)] = &[
    ("オートマ", Transmission::At),
    ("オートマチック", Transmission::At),
    ("無段変速", Transmission::Cvt),
    ("マニュアル", Transmission::Mt),
    ("インパネAT", Transmission::At),
    ("フロアAT", Transmission::At),
    ("コラムAT", Transmission::At),
    ("5MT", Transmission::Mt),
    ("6MT", Transmission::Mt),
];

pub const ODOMETER: &[(&str, OdometerStatus)] = &[
    ("実走行", OdometerStatus::Actual),
    ("メーター交換", OdometerStatus::Replaced),
    ("メーター交換歴", OdometerStatus::Replaced),
    ("交換", OdometerStatus::Replaced),
    ("改ざん", OdometerStatus::Tampered),
    ("メーター改ざん歴", OdometerStatus::Tampered),
    ("不明", OdometerStatus::Doubtful),
    ("疑義", OdometerStatus::Doubtful),
    ("走行距離疑義", OdometerStatus::Doubtful),
];

/// What lists write in the place of the day on which the 車検 ends.
pub const INSPECTION: &[(&str, InspectionStatus)] = &[
    ("有", InspectionStatus::Valid),
    ("車検有", InspectionStatus::Valid),
    ("車検整備付", InspectionStatus::Included),
    ("整備付", InspectionStatus::Included),
    ("車検2年付", InspectionStatus::Included),
    ("2年付", InspectionStatus::Included),
    ("車検整備別", InspectionStatus::Separate),
    ("整備別", InspectionStatus::Separate),
    ("車検整備無", InspectionStatus::Separate),
    ("車検無", InspectionStatus::Separate),
    ("車検無し", InspectionStatus::Separate),
    ("車検なし", InspectionStatus::Separate),
    ("無", InspectionStatus::Separate),
    ("無し", InspectionStatus::Separate),
    ("なし", InspectionStatus::Separate),
    ("車検切れ", InspectionStatus::Separate),
    ("切れ", InspectionStatus::Separate),
    ("抹消", InspectionStatus::Separate),
    ("一時抹消", InspectionStatus::Separate),
    ("国内未登録", InspectionStatus::Unregistered),
    ("未登録", InspectionStatus::Unregistered),
];

pub const CUSTOMER: &[(&str, CustomerKind)] = &[
    ("個人", CustomerKind::Person),
    ("法人", CustomerKind::Organization),
    ("会社", CustomerKind::Organization),
    ("企業", CustomerKind::Organization),
];

pub const EMPLOYMENT: &[(&str, Employment)] = &[
    ("在職", Employment::Active),
    ("在籍", Employment::Active),
    ("有効", Employment::Active),
    ("休職", Employment::OnLeave),
    ("休職中", Employment::OnLeave),
    ("退職", Employment::Retired),
    ("退社", Employment::Retired),
];

pub const SALE_CHANNEL: &[(&str, SaleChannel)] = &[
    ("小売", SaleChannel::Retail),
    ("小売り", SaleChannel::Retail),
    ("業販", SaleChannel::Wholesale),
    ("業者", SaleChannel::Wholesale),
];

pub const PURCHASE_CHANNEL: &[(&str, PurchaseChannel)] = &[
    ("オークション", PurchaseChannel::Auction),
    ("AA", PurchaseChannel::Auction),
    ("下取", PurchaseChannel::TradeIn),
    ("下取り", PurchaseChannel::TradeIn),
    ("買取", PurchaseChannel::BuyIn),
    ("買取り", PurchaseChannel::BuyIn),
    ("メーカー", PurchaseChannel::Maker),
    ("店舗間移動", PurchaseChannel::Transfer),
    ("移動", PurchaseChannel::Transfer),
    ("その他", PurchaseChannel::Other),
];

pub const PAYMENT: &[(&str, Payment)] = &[
    ("現金", Payment::Cash),
    ("現金一括", Payment::Cash),
    ("一括", Payment::Cash),
    ("振込", Payment::Cash),
    ("均等", Payment::Instalments),
    ("均等払い", Payment::Instalments),
    ("ローン", Payment::Instalments),
    ("クレジット", Payment::Instalments),
    ("割賦", Payment::Instalments),
    ("ボーナス併用", Payment::Bonus),
    ("残価設定", Payment::Balloon),
    ("残クレ", Payment::Balloon),
    ("残価", Payment::Balloon),
    ("リース", Payment::Lease),
];

pub const MAINTENANCE: &[(&str, MaintenanceKind)] = &[
    ("整備", MaintenanceKind::Maintenance),
    ("点検", MaintenanceKind::Maintenance),
    ("一般整備", MaintenanceKind::Maintenance),
    ("鈑金", MaintenanceKind::Bodywork),
    ("板金", MaintenanceKind::Bodywork),
    ("鈑金塗装", MaintenanceKind::Bodywork),
    ("板金塗装", MaintenanceKind::Bodywork),
    ("修理", MaintenanceKind::Repair),
    ("故障修理", MaintenanceKind::Repair),
];

pub const INSPECTION_KIND: &[(&str, InspectionKind)] = &[
    ("車検", InspectionKind::Inspection),
    ("継続検査", InspectionKind::Inspection),
    ("12か月点検", InspectionKind::Legal12Months),
    ("12ヶ月点検", InspectionKind::Legal12Months),
    ("12ヵ月点検", InspectionKind::Legal12Months),
    ("法定12か月点検", InspectionKind::Legal12Months),
    ("法定12ヶ月点検", InspectionKind::Legal12Months),
    ("6か月点検", InspectionKind::Legal6Months),
    ("6ヶ月点検", InspectionKind::Legal6Months),
    ("6ヵ月点検", InspectionKind::Legal6Months),
    ("法定6か月点検", InspectionKind::Legal6Months),
    ("法定6ヶ月点検", InspectionKind::Legal6Months),
];
