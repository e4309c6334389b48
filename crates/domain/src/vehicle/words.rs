//! The words by which cars are described (reference sections 4 and 5).

use crate::vocabulary::vocabulary;

vocabulary! {
    /// Where a car stands on its way through the stock.
    StockStatus {
        /// 仕入済
        Purchased = "purchased",
        /// 陸送中
        InTransit = "in_transit",
        /// 入庫
        Received = "received",
        /// 商品化中
        Reconditioning = "reconditioning",
        /// 展示・掲載中
        Listed = "listed",
        /// 商談中(仮押さえ)
        Negotiating = "negotiating",
        /// 成約済
        Contracted = "contracted",
        /// 登録手配中
        Registering = "registering",
        /// 納車待ち
        AwaitingDelivery = "awaiting_delivery",
        /// 納車済
        Delivered = "delivered",
        /// 業販・AA出品
        Wholesale = "wholesale",
        /// 廃車
        Scrapped = "scrapped",
    }

    /// Whether somebody has owned it before.
    Condition {
        /// 新車
        New = "new",
        /// 登録(届出)済未使用車
        Unused = "unused",
        /// 中古車
        Used = "used",
    }

    /// ボディタイプ, as a buyer looks for it.
    BodyType {
        /// 軽自動車
        Kei = "kei",
        /// コンパクト
        Compact = "compact",
        /// ハッチバック
        Hatchback = "hatchback",
        /// セダン
        Sedan = "sedan",
        /// ステーションワゴン
        Wagon = "wagon",
        /// ミニバン
        Minivan = "minivan",
        /// SUV・クロカン
        Suv = "suv",
        /// クーペ
        Coupe = "coupe",
        /// オープン
        Open = "open",
        /// 軽バン・軽トラック
        KeiVan = "kei_van",
        /// バン
        Van = "van",
        /// トラック
        Truck = "truck",
        /// キャンピングカー
        Camper = "camper",
        /// その他
        Other = "other",
    }

    /// 駆動方式
    DriveType {
        Ff = "ff",
        Fr = "fr",
        Mr = "mr",
        Rr = "rr",
        /// 4WD
        FourWheel = "four_wheel",
    }

    /// ミッション
    Transmission {
        At = "at",
        Cvt = "cvt",
        Mt = "mt",
        Dct = "dct",
        Amt = "amt",
    }

    /// 燃料
    FuelType {
        /// ガソリン
        Gasoline = "gasoline",
        /// 軽油
        Diesel = "diesel",
        Lpg = "lpg",
        /// ハイブリッド
        Hybrid = "hybrid",
        /// プラグインハイブリッド
        PlugInHybrid = "plug_in_hybrid",
        /// 電気
        Electric = "electric",
        /// 燃料電池
        FuelCell = "fuel_cell",
    }

    /// 車検 as a listing says it.
    InspectionStatus {
        /// 車検有
        Valid = "valid",
        /// 車検整備付
        Included = "included",
        /// 車検整備別
        Separate = "separate",
        /// 国内未登録
        Unregistered = "unregistered",
    }

    /// What is to be thought of the odometer.
    OdometerStatus {
        /// 実走行
        Actual = "actual",
        /// メーター交換歴
        Replaced = "replaced",
        /// メーター改ざん歴
        Tampered = "tampered",
        /// 走行距離疑義
        Doubtful = "doubtful",
    }

    /// 用途
    Usage {
        /// 乗用
        Passenger = "passenger",
        /// 貨物
        Cargo = "cargo",
        /// 特種
        Special = "special",
    }

    /// 自家用・事業用の別
    PrivateBusiness {
        /// 自家用
        Private = "private",
        /// 事業用
        Business = "business",
    }

    /// 使用歴
    UsedAs {
        /// 自家用
        Private = "private",
        /// レンタカー
        Rental = "rental",
        /// 営業用
        Business = "business",
    }

    /// リサイクル料金
    RecycleStatus {
        /// 預託済
        Paid = "paid",
        /// 未預託
        Unpaid = "unpaid",
        /// 別途
        Separate = "separate",
        /// 対象外
        Exempt = "exempt",
    }
}

impl StockStatus {
    /// Whether the car is, or will be, there for somebody to buy.
    #[must_use]
    pub fn is_for_sale(self) -> bool {
        use StockStatus as S;
        matches!(self, S::Purchased | S::InTransit | S::Received | S::Reconditioning | S::Listed | S::Negotiating)
    }

    /// Whether somebody has bought it.
    #[must_use]
    pub fn is_sold(self) -> bool {
        use StockStatus as S;
        matches!(self, S::Contracted | S::Registering | S::AwaitingDelivery | S::Delivered)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_the_same_on_the_wire_and_in_a_column() {
        for status in StockStatus::ALL {
            assert_eq!(serde_json::to_string(status).unwrap(), format!("\"{}\"", status.as_str()));
            assert_eq!(status.as_str().parse(), Ok(*status));
        }
        assert!("sold".parse::<StockStatus>().is_err());
    }

    #[test]
    fn no_car_is_for_sale_and_sold() {
        let both = StockStatus::ALL.iter().filter(|status| status.is_for_sale() && status.is_sold());
        assert_eq!(both.count(), 0);
        let neither: Vec<_> =
            StockStatus::ALL.iter().filter(|status| !status.is_for_sale() && !status.is_sold()).collect();
        assert_eq!(neither, [&StockStatus::Wholesale, &StockStatus::Scrapped]);
    }
}
