//! The models that the shop trades in, with figures as they stand in catalogues, roughly.

/// It is still sold.
const NOW: i32 = i32::MAX;

/// A model in one of its generations.
#[derive(Debug)]
pub struct Model {
    pub maker: &'static str,
    pub name: &'static str,
    pub body: &'static str,
    /// Whether its chassis number is a VIN.
    pub is_import: bool,
    /// The years in which this generation was registered first.
    pub since: i32,
    pub until: i32,
    pub grades: &'static [&'static str],
    /// 型式, with the prefix for emissions.
    pub code: &'static str,
    pub engine: &'static str,
    pub displacement_cc: u32,
    pub fuel: &'static str,
    pub transmission: &'static str,
    pub drive: &'static str,
    pub doors: u32,
    pub seats: u32,
    pub weight_kg: u32,
    /// Length, width, height in mm.
    pub size: (u32, u32, u32),
    /// When it was new, in 万円.
    pub price: i64,
}

impl Model {
    /// Whether it could be bought new in a year.
    pub fn is_of(&self, year: i32) -> bool {
        (self.since..=self.until).contains(&year)
    }

    /// 軽, for taxes, plates and prices.
    pub fn is_kei(&self) -> bool {
        (1..=660).contains(&self.displacement_cc) || self.name == "サクラ"
    }

    /// The part of the 型式 after the prefix for emissions, with which a domestic chassis number begins.
    pub fn chassis_prefix(&self) -> &'static str {
        self.code.split_once('-').map_or(self.code, |(_, prefix)| prefix)
    }
}

type Names = (&'static str, &'static str, &'static str, &'static [&'static str]);
type Engine = (&'static str, &'static str, u32, &'static str, &'static str, &'static str);
type Build = (u32, u32, u32, (u32, u32, u32));

const fn model((since, until): (i32, i32), names: Names, engine: Engine, build: Build, price: i64) -> Model {
    let (maker, name, body, grades) = names;
    let (code, engine, displacement_cc, fuel, transmission, drive) = engine;
    let (doors, seats, weight_kg, size) = build;
    Model {
        maker,
        name,
        body,
        is_import: false,
        since,
        until,
        grades,
        code,
        engine,
        displacement_cc,
        fuel,
        transmission,
        drive,
        doors,
        seats,
        weight_kg,
        size,
        price,
    }
}

const fn import(years: (i32, i32), names: Names, engine: Engine, build: Build, price: i64) -> Model {
    Model { is_import: true, ..model(years, names, engine, build, price) }
}

/// How often a model comes, and which. There are some of every year from [`OLDEST`] on.
#[rustfmt::skip]
pub static MODELS: &[(u64, Model)] = &[
    // トヨタ
    (4, model((2023, NOW), ("トヨタ", "プリウス", "hatchback", &["Z", "G", "X"]), ("6AA-MXWH60", "M20A", 1986, "hybrid", "cvt", "ff"), (5, 5, 1420, (4600, 1780, 1430)), 370)),
    (4, model((2021, NOW), ("トヨタ", "アクア", "compact", &["Z", "G", "X"]), ("6AA-MXPK11", "M15A", 1490, "hybrid", "cvt", "ff"), (5, 5, 1130, (4050, 1695, 1485)), 240)),
    (4, model((2020, NOW), ("トヨタ", "ヤリス", "compact", &["Z", "G", "X"]), ("5BA-MXPA10", "M15A", 1490, "gasoline", "cvt", "ff"), (5, 5, 1020, (3940, 1695, 1500)), 195)),
    (3, model((2020, NOW), ("トヨタ", "ヤリスクロス", "suv", &["Z", "G", "X"]), ("6AA-MXPJ10", "M15A", 1490, "hybrid", "cvt", "ff"), (5, 5, 1190, (4180, 1765, 1590)), 265)),
    (3, model((2016, NOW), ("トヨタ", "ルーミー", "compact", &["カスタムG-T", "G", "X"]), ("5BA-M900A", "1KR", 996, "gasoline", "cvt", "ff"), (5, 5, 1080, (3700, 1670, 1735)), 190)),
    (3, model((2022, NOW), ("トヨタ", "シエンタ", "minivan", &["Z", "G", "X"]), ("6AA-MXPL10G", "M15A", 1490, "hybrid", "cvt", "ff"), (5, 7, 1370, (4260, 1695, 1695)), 280)),
    (3, model((2022, NOW), ("トヨタ", "ヴォクシー", "minivan", &["S-Z", "S-G"]), ("6AA-ZWR90W", "2ZR", 1797, "hybrid", "cvt", "ff"), (5, 7, 1670, (4695, 1730, 1895)), 374)),
    (3, model((2023, NOW), ("トヨタ", "アルファード", "minivan", &["Z", "エグゼクティブラウンジ"]), ("6AA-AAHH40W", "A25A", 2487, "hybrid", "cvt", "ff"), (5, 7, 2160, (4995, 1850, 1935)), 620)),
    (3, model((2020, NOW), ("トヨタ", "ハリアー", "suv", &["Z レザーパッケージ", "Z", "G"]), ("6AA-AXUH80", "A25A", 2487, "hybrid", "cvt", "ff"), (5, 5, 1620, (4740, 1855, 1660)), 410)),
    (2, model((2019, NOW), ("トヨタ", "RAV4", "suv", &["アドベンチャー", "G", "X"]), ("6BA-MXAA54", "M20A", 1986, "gasoline", "cvt", "four_wheel"), (5, 5, 1630, (4610, 1865, 1690)), 350)),
    (2, model((2021, NOW), ("トヨタ", "カローラクロス", "suv", &["Z", "S", "G"]), ("6AA-ZVG11", "2ZR", 1797, "hybrid", "cvt", "ff"), (5, 5, 1410, (4490, 1825, 1620)), 300)),
    (2, model((2022, NOW), ("トヨタ", "カローラツーリング", "wagon", &["W×B", "S", "G-X"]), ("6AA-ZWE219W", "2ZR", 1797, "hybrid", "cvt", "ff"), (5, 5, 1390, (4495, 1745, 1460)), 290)),
    (1, model((2022, NOW), ("トヨタ", "クラウン", "sedan", &["RS", "G", "X"]), ("6AA-AZSH35", "A25A", 2487, "hybrid", "cvt", "four_wheel"), (4, 5, 1770, (4930, 1840, 1540)), 510)),
    (2, model((2015, 2024), ("トヨタ", "ランドクルーザープラド", "suv", &["TX Lパッケージ", "TX"]), ("3DA-GDJ150W", "1GD", 2754, "diesel", "at", "four_wheel"), (5, 7, 2180, (4825, 1885, 1850)), 480)),
    (1, model((2021, NOW), ("トヨタ", "GR86", "coupe", &["RZ", "SZ", "RC"]), ("3BA-ZN8", "FA24", 2387, "gasoline", "mt", "fr"), (2, 4, 1270, (4265, 1775, 1310)), 310)),
    (2, model((2017, NOW), ("トヨタ", "ハイエースバン", "van", &["スーパーGL ダークプライムII", "スーパーGL", "DX"]), ("3DF-GDH206V", "1GD", 2754, "diesel", "at", "four_wheel"), (5, 5, 2030, (4695, 1695, 1980)), 400)),
    (1, model((2014, NOW), ("トヨタ", "プロボックス", "van", &["F", "GX", "G"]), ("5BE-NCP160V", "1NZ", 1496, "gasoline", "cvt", "ff"), (5, 5, 1090, (4245, 1690, 1525)), 170)),
    // ホンダ
    (7, model((2023, NOW), ("ホンダ", "N-BOX", "kei", &["カスタムL", "カスタムLターボ", "L", "G"]), ("6BA-JF5", "S07B", 658, "gasoline", "cvt", "ff"), (5, 4, 910, (3395, 1475, 1790)), 175)),
    (3, model((2019, NOW), ("ホンダ", "N-WGN", "kei", &["カスタムL", "L", "G"]), ("6BA-JH3", "S07B", 658, "gasoline", "cvt", "ff"), (5, 4, 850, (3395, 1475, 1675)), 145)),
    (1, model((2018, NOW), ("ホンダ", "N-VAN", "kei_van", &["+スタイルファン", "L"]), ("5BD-JJ1", "S07B", 658, "gasoline", "cvt", "ff"), (5, 4, 950, (3395, 1475, 1945)), 155)),
    (3, model((2020, NOW), ("ホンダ", "フィット", "compact", &["リュクス", "ホーム", "ベーシック"]), ("6AA-GR3", "LEB", 1496, "hybrid", "cvt", "ff"), (5, 5, 1190, (3995, 1695, 1540)), 220)),
    (3, model((2024, NOW), ("ホンダ", "フリード", "minivan", &["エアーEX", "エアー", "クロスター"]), ("6AA-GT5", "LEB", 1496, "hybrid", "cvt", "ff"), (5, 6, 1470, (4310, 1695, 1755)), 300)),
    (2, model((2022, NOW), ("ホンダ", "ステップワゴン", "minivan", &["スパーダ プレミアムライン", "スパーダ", "エアー"]), ("6AA-RP8", "LFA", 1993, "hybrid", "cvt", "ff"), (5, 7, 1840, (4830, 1750, 1840)), 370)),
    (3, model((2021, NOW), ("ホンダ", "ヴェゼル", "suv", &["Z", "X", "PLaY"]), ("6AA-RV5", "LEC", 1496, "hybrid", "cvt", "ff"), (5, 5, 1380, (4330, 1790, 1590)), 295)),
    (1, model((2021, NOW), ("ホンダ", "シビック", "hatchback", &["EX", "LX"]), ("6BA-FL1", "L15C", 1496, "gasoline", "cvt", "ff"), (5, 5, 1360, (4550, 1800, 1415)), 335)),
    // 日産
    (3, model((2020, NOW), ("日産", "ノート", "compact", &["X", "S", "オーラ G"]), ("6AA-E13", "HR12", 1198, "hybrid", "at", "ff"), (5, 5, 1230, (4045, 1695, 1505)), 235)),
    (3, model((2022, NOW), ("日産", "セレナ", "minivan", &["ハイウェイスターV", "e-POWER ルキシオン", "XV"]), ("6AA-GC28", "HR14", 1433, "hybrid", "at", "ff"), (5, 8, 1790, (4765, 1715, 1885)), 370)),
    (2, model((2022, NOW), ("日産", "エクストレイル", "suv", &["G e-4ORCE", "X e-4ORCE", "S"]), ("6AA-SNT33", "KR15", 1497, "hybrid", "at", "four_wheel"), (5, 5, 1850, (4660, 1840, 1720)), 430)),
    (3, model((2020, NOW), ("日産", "ルークス", "kei", &["ハイウェイスターX", "X", "S"]), ("5AA-B44A", "BR06", 659, "gasoline", "cvt", "ff"), (5, 4, 960, (3395, 1475, 1780)), 185)),
    (2, model((2019, NOW), ("日産", "デイズ", "kei", &["ハイウェイスターX", "X", "S"]), ("5AA-B43W", "BR06", 659, "gasoline", "cvt", "ff"), (5, 4, 840, (3395, 1475, 1640)), 155)),
    (2, model((2022, NOW), ("日産", "サクラ", "kei", &["G", "X"]), ("ZAA-B6AW", "MM48", 0, "electric", "at", "ff"), (5, 4, 1080, (3395, 1475, 1655)), 265)),
    (1, model((2017, NOW), ("日産", "リーフ", "hatchback", &["e+ G", "G", "X"]), ("ZAA-ZE1", "EM57", 0, "electric", "at", "ff"), (5, 5, 1520, (4480, 1790, 1560)), 410)),
    // スズキ
    (5, model((2023, NOW), ("スズキ", "スペーシア", "kei", &["カスタム ハイブリッドXS", "ハイブリッドX", "ハイブリッドG"]), ("5AA-MK94S", "R06D", 657, "gasoline", "cvt", "ff"), (5, 4, 880, (3395, 1475, 1785)), 170)),
    (4, model((2020, NOW), ("スズキ", "ハスラー", "kei", &["ハイブリッドXターボ", "ハイブリッドX", "ハイブリッドG"]), ("5AA-MR92S", "R06D", 657, "gasoline", "cvt", "ff"), (5, 4, 820, (3395, 1475, 1680)), 160)),
    (3, model((2019, NOW), ("スズキ", "ワゴンR", "kei", &["カスタムZ ハイブリッドZX", "ハイブリッドFX", "FX"]), ("5AA-MH95S", "R06D", 657, "gasoline", "cvt", "ff"), (5, 4, 770, (3395, 1475, 1650)), 140)),
    (2, model((2021, NOW), ("スズキ", "アルト", "kei", &["ハイブリッドX", "L", "A"]), ("5AA-HA97S", "R06D", 657, "gasoline", "cvt", "ff"), (5, 4, 700, (3395, 1475, 1525)), 115)),
    (3, model((2018, NOW), ("スズキ", "ジムニー", "suv", &["XC", "XL", "XG"]), ("3BA-JB64W", "R06A", 658, "gasoline", "at", "four_wheel"), (3, 4, 1040, (3395, 1475, 1725)), 190)),
    (1, model((2015, NOW), ("スズキ", "エブリイ", "kei_van", &["ジョインターボ", "PC", "PA"]), ("3BD-DA17V", "R06A", 658, "gasoline", "cvt", "fr"), (5, 4, 890, (3395, 1475, 1895)), 125)),
    (1, model((2013, NOW), ("スズキ", "キャリイ", "truck", &["KX", "KC"]), ("3BD-DA16T", "R06A", 658, "gasoline", "mt", "four_wheel"), (2, 2, 740, (3395, 1475, 1765)), 115)),
    (2, model((2023, NOW), ("スズキ", "スイフト", "compact", &["ハイブリッドMZ", "ハイブリッドMX", "XG"]), ("5AA-ZCEDS", "Z12E", 1197, "hybrid", "cvt", "ff"), (5, 5, 950, (3860, 1695, 1500)), 205)),
    (2, model((2020, NOW), ("スズキ", "ソリオ", "compact", &["バンディット", "ハイブリッドMZ", "G"]), ("5AA-MA37S", "K12C", 1242, "hybrid", "cvt", "ff"), (5, 5, 1000, (3790, 1645, 1745)), 205)),
    // ダイハツ
    (4, model((2019, NOW), ("ダイハツ", "タント", "kei", &["カスタムX", "カスタムRS", "X", "L"]), ("6BA-LA650S", "KF", 658, "gasoline", "cvt", "ff"), (5, 4, 910, (3395, 1475, 1755)), 160)),
    (3, model((2022, NOW), ("ダイハツ", "ムーヴキャンバス", "kei", &["セオリーG", "ストライプスG", "X"]), ("5BA-LA850S", "KF", 658, "gasoline", "cvt", "ff"), (5, 4, 870, (3395, 1475, 1655)), 165)),
    (3, model((2017, NOW), ("ダイハツ", "ミライース", "kei", &["G リミテッド", "X", "L"]), ("5BA-LA350S", "KF", 658, "gasoline", "cvt", "ff"), (5, 4, 650, (3395, 1475, 1500)), 105)),
    (2, model((2020, NOW), ("ダイハツ", "タフト", "kei", &["Gターボ", "G", "X"]), ("5BA-LA900S", "KF", 658, "gasoline", "cvt", "ff"), (5, 4, 830, (3395, 1475, 1630)), 155)),
    (1, model((2014, NOW), ("ダイハツ", "ハイゼットトラック", "truck", &["エクストラ", "スタンダード"]), ("3BD-S510P", "KF", 658, "gasoline", "cvt", "four_wheel"), (2, 2, 780, (3395, 1475, 1780)), 120)),
    // マツダ
    (2, model((2017, NOW), ("マツダ", "CX-5", "suv", &["XD ブラックトーン", "20S", "XD Lパッケージ"]), ("3DA-KF2P", "SH-VPTS", 2188, "diesel", "at", "four_wheel"), (5, 5, 1690, (4575, 1845, 1690)), 365)),
    (1, model((2019, NOW), ("マツダ", "MAZDA2", "hatchback", &["15 サンリットシトラス", "15S", "XD"]), ("5BA-DJLFS", "P5-VPS", 1496, "gasoline", "at", "ff"), (5, 5, 1080, (4080, 1695, 1525)), 185)),
    (1, model((2019, NOW), ("マツダ", "MAZDA3", "hatchback", &["ファストバック 20S", "ファストバック XD"]), ("6BA-BPFP", "PE-VPS", 1997, "gasoline", "at", "ff"), (5, 5, 1360, (4460, 1795, 1440)), 280)),
    (1, model((2015, NOW), ("マツダ", "ロードスター", "open", &["S レザーパッケージ", "S", "RS"]), ("5BA-ND5RC", "P5-VPR", 1496, "gasoline", "mt", "fr"), (2, 2, 1020, (3915, 1735, 1235)), 315)),
    // スバル
    (2, model((2018, NOW), ("スバル", "フォレスター", "suv", &["アドバンス", "Xブレイク", "スポーツ"]), ("5AA-SKE", "FB20", 1995, "hybrid", "cvt", "four_wheel"), (5, 5, 1640, (4640, 1815, 1730)), 340)),
    (1, model((2022, NOW), ("スバル", "クロストレック", "suv", &["リミテッド", "ツーリング"]), ("5AA-GUE", "FB20", 1995, "hybrid", "cvt", "four_wheel"), (5, 5, 1610, (4480, 1800, 1580)), 330)),
    (1, model((2020, NOW), ("スバル", "レヴォーグ", "wagon", &["STI Sport EX", "GT-H EX", "GT"]), ("4BA-VN5", "CB18", 1795, "gasoline", "cvt", "four_wheel"), (5, 5, 1580, (4755, 1795, 1500)), 380)),
    // 三菱
    (2, model((2023, NOW), ("三菱", "デリカミニ", "kei", &["Tプレミアム", "G", "T"]), ("4AA-B38A", "BR06", 659, "gasoline", "cvt", "four_wheel"), (5, 4, 1060, (3395, 1475, 1830)), 210)),
    (1, model((2019, NOW), ("三菱", "デリカD:5", "minivan", &["P", "G パワーパッケージ", "M"]), ("3DA-CV1W", "4N14", 2267, "diesel", "at", "four_wheel"), (5, 8, 1960, (4800, 1795, 1875)), 440)),
    (1, model((2021, NOW), ("三菱", "アウトランダーPHEV", "suv", &["P", "G", "M"]), ("5LA-GN0W", "4B12", 2359, "plug_in_hybrid", "at", "four_wheel"), (5, 7, 2110, (4710, 1860, 1745)), 550)),
    // 先代
    (2, model((2016, 2022), ("トヨタ", "プリウス", "hatchback", &["Aプレミアム", "A", "S"]), ("DAA-ZVW50", "2ZR", 1797, "hybrid", "cvt", "ff"), (5, 5, 1360, (4575, 1760, 1470)), 260)),
    (3, model((2012, 2021), ("トヨタ", "アクア", "compact", &["G", "S", "L"]), ("DAA-NHP10", "1NZ", 1496, "hybrid", "cvt", "ff"), (5, 5, 1090, (4050, 1695, 1455)), 190)),
    (1, model((2010, 2019), ("トヨタ", "ヴィッツ", "compact", &["U", "F"]), ("DBA-KSP130", "1KR", 996, "gasoline", "cvt", "ff"), (5, 5, 970, (3945, 1695, 1500)), 135)),
    (2, model((2014, 2021), ("トヨタ", "ヴォクシー", "minivan", &["ZS 煌", "V", "X"]), ("DBA-ZRR80W", "3ZR", 1986, "gasoline", "cvt", "ff"), (5, 7, 1600, (4710, 1735, 1825)), 285)),
    (2, model((2015, 2023), ("トヨタ", "アルファード", "minivan", &["S Cパッケージ", "S", "X"]), ("3BA-AGH30W", "2AR", 2493, "gasoline", "cvt", "ff"), (5, 7, 1970, (4950, 1850, 1935)), 420)),
    (1, model((2013, 2020), ("トヨタ", "ハリアー", "suv", &["プレミアム", "エレガンス"]), ("DBA-ZSU60W", "3ZR", 1986, "gasoline", "cvt", "ff"), (5, 5, 1580, (4725, 1835, 1690)), 310)),
    (5, model((2017, 2023), ("ホンダ", "N-BOX", "kei", &["カスタムG・L", "G・L", "G"]), ("6BA-JF3", "S07B", 658, "gasoline", "cvt", "ff"), (5, 4, 890, (3395, 1475, 1790)), 160)),
    (3, model((2012, 2017), ("ホンダ", "N-BOX", "kei", &["カスタムG", "G・Lパッケージ", "G"]), ("DBA-JF1", "S07A", 658, "gasoline", "cvt", "ff"), (5, 4, 930, (3395, 1475, 1780)), 140)),
    (2, model((2013, 2020), ("ホンダ", "フィット", "compact", &["13G・F", "13G・L", "15XL"]), ("DBA-GK3", "L13B", 1317, "gasoline", "cvt", "ff"), (5, 5, 1020, (3955, 1695, 1525)), 150)),
    (2, model((2016, 2024), ("ホンダ", "フリード", "minivan", &["G", "B", "クロスター"]), ("6BA-GB5", "L15B", 1496, "gasoline", "cvt", "ff"), (5, 6, 1350, (4265, 1695, 1710)), 225)),
    (2, model((2012, 2020), ("日産", "ノート", "compact", &["メダリスト", "X", "S"]), ("DBA-E12", "HR12", 1198, "gasoline", "cvt", "ff"), (5, 5, 1030, (4100, 1695, 1525)), 155)),
    (2, model((2016, 2022), ("日産", "セレナ", "minivan", &["ハイウェイスターVセレクション", "G", "X"]), ("DAA-GFC27", "MR20", 1997, "hybrid", "cvt", "ff"), (5, 8, 1680, (4770, 1740, 1865)), 290)),
    (2, model((2017, 2023), ("スズキ", "スペーシア", "kei", &["カスタム ハイブリッドXS", "ハイブリッドX"]), ("DAA-MK53S", "R06A", 658, "gasoline", "cvt", "ff"), (5, 4, 870, (3395, 1475, 1785)), 155)),
    (2, model((2014, 2019), ("スズキ", "ハスラー", "kei", &["Xターボ", "G"]), ("DAA-MR41S", "R06A", 658, "gasoline", "cvt", "ff"), (5, 4, 790, (3395, 1475, 1665)), 145)),
    (2, model((2012, 2016), ("スズキ", "ワゴンR", "kei", &["FXリミテッド", "FX"]), ("DBA-MH34S", "R06A", 658, "gasoline", "cvt", "ff"), (5, 4, 780, (3395, 1475, 1640)), 125)),
    (2, model((2013, 2019), ("ダイハツ", "タント", "kei", &["カスタムX SA", "X SA", "L"]), ("DBA-LA600S", "KF", 658, "gasoline", "cvt", "ff"), (5, 4, 930, (3395, 1475, 1750)), 145)),
    (2, model((2014, 2023), ("ダイハツ", "ムーヴ", "kei", &["カスタムX", "X", "L"]), ("DBA-LA150S", "KF", 658, "gasoline", "cvt", "ff"), (5, 4, 820, (3395, 1475, 1630)), 130)),
    (1, model((2012, 2017), ("マツダ", "CX-5", "suv", &["XD", "20S"]), ("LDA-KE2FW", "SH-VPTS", 2188, "diesel", "at", "ff"), (5, 5, 1510, (4540, 1840, 1705)), 280)),
    (1, model((2012, 2018), ("スバル", "フォレスター", "suv", &["2.0i-L アイサイト", "2.0XT"]), ("DBA-SJ5", "FB20", 1995, "gasoline", "cvt", "four_wheel"), (5, 5, 1480, (4595, 1795, 1715)), 265)),
    // 輸入車
    (1, import((2019, NOW), ("BMW", "3シリーズ", "sedan", &["320d xDrive Mスポーツ", "318i"]), ("3DA-5V20", "B47D20B", 1995, "diesel", "at", "four_wheel"), (4, 5, 1660, (4715, 1825, 1440)), 640)),
    (1, import((2021, NOW), ("メルセデス・ベンツ", "Cクラス", "sedan", &["C200 アバンギャルド", "C220d"]), ("5AA-206042C", "254915", 1496, "gasoline", "at", "fr"), (4, 5, 1660, (4785, 1820, 1435)), 680)),
    (1, import((2021, NOW), ("フォルクスワーゲン", "ゴルフ", "hatchback", &["eTSI スタイル", "eTSI アクティブ"]), ("3AA-CDDLA", "DLA", 999, "gasoline", "dct", "ff"), (5, 5, 1310, (4295, 1790, 1475)), 330)),
    (1, import((2014, 2023), ("ミニ", "クーパー", "hatchback", &["クーパーS", "クーパー"]), ("3BA-XR15MW", "B38A15A", 1498, "gasoline", "dct", "ff"), (3, 4, 1220, (3865, 1725, 1430)), 360)),
];

/// Cars are not older than of this year.
pub const OLDEST: i32 = 2013;

/// 車体色: as it is called, its code.
pub static COLORS: &[(u64, (&str, &str))] = &[
    (20, ("パールホワイト", "W25")),
    (10, ("プラチナホワイトパールマイカ", "089")),
    (20, ("ブラックマイカ", "209")),
    (6, ("クリスタルブラックパール", "731")),
    (9, ("シルバーメタリック", "1F7")),
    (8, ("ガンメタリック", "1G3")),
    (5, ("レッドマイカメタリック", "3R3")),
    (2, ("ソウルレッドクリスタルメタリック", "46V")),
    (7, ("ダークブルーマイカ", "8X8")),
    (4, ("ライトブルー", "B59")),
    (3, ("アーバンカーキ", "6V3")),
    (3, ("ベージュメタリック", "4U7")),
    (2, ("ブロンズブラウンメタリック", "4R8")),
    (1, ("イエロー", "5A3")),
];

/// 装備, from what nearly every car has to what few have.
pub static EQUIPMENT: &[(u64, &str)] = &[
    (90, "PS"),
    (90, "PW"),
    (95, "AC"),
    (90, "ABS"),
    (95, "AIRBAG"),
    (85, "NAVI"),
    (70, "TV"),
    (80, "ETC"),
    (75, "BCAM"),
    (70, "SMARTKEY"),
    (65, "AEB"),
    (55, "LED"),
    (40, "DRIVEREC"),
    (35, "ACC"),
    (30, "SEATHEATER"),
    (25, "ALLOY"),
    (25, "ISTOP"),
    (20, "AVM"),
    (12, "LEATHER"),
    (8, "SUNROOF"),
    (5, "REARMON"),
];
