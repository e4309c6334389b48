//! By what the files of the workshop know a customer's car.

use noren_domain::customer::CustomerCar;

use super::row::Row;
use super::values;

const NAME: usize = 200;

/// The car of a record.
pub fn car(row: &mut Row<'_>) -> Option<CustomerCar> {
    let (maker, model_name) = (row.needed_text("maker", NAME), row.needed_text("model_name", NAME));
    let chassis_number = row.text("chassis_number", 25);
    let registration_number = row.maybe("registration_number", |text, _| values::plate(text));
    Some(CustomerCar { chassis_number, registration_number, maker: maker?, model_name: model_name? })
}

/// The fields of a car, among those of a record.
macro_rules! fields_with_car {
    ($($before:expr),+ ; $($after:expr),+ $(,)?) => {
        &[
            $($before,)+
            needed("maker", Form::Text, &["メーカー", "メーカー名"]),
            needed("model_name", Form::Text, &["車名", "車種", "車種名"]),
            field("chassis_number", Form::Text, &["車台番号", "車体番号"]),
            field("registration_number", Form::Text, &["登録番号", "車両番号", "ナンバー"]),
            $($after,)+
        ]
    };
}
pub(super) use fields_with_car;
