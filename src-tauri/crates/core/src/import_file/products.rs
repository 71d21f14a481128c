//! The product catalogue from a table.
//!
//! Owns which columns of a products export are read. It leaves out how deals find their product.

use super::amount::{Amount, detect_mark, find_currency, read_amount};
use super::deals::broken_rows;
use super::mapping::find_column;
use super::table::Table;
use super::{DealOptions, FileError, Notice, Rejection, RejectionReason, tidy};
use std::collections::HashSet;

/// A product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductRow {
    /// Line in the file where the row starts; the first line is 1.
    pub line: u32,
    /// Its name.
    pub name: String,
    /// The series that it belongs to.
    pub series: Option<String>,
    /// List price in minor units of `currency`, never negative.
    pub price_minor: Option<i64>,
    /// ISO 4217 code of the price.
    pub currency: Option<&'static str>,
}

/// The products of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductsFile {
    /// The products, in file order.
    pub rows: Vec<ProductRow>,
    /// Rows that could not be read, in file order.
    pub rejections: Vec<Rejection>,
    /// What was assumed.
    pub notices: Vec<Notice>,
}

/// Reads the products of a table; prices that name no currency are in that of `options`.
///
/// # Errors
/// [`FileError::ColumnsMissing`] if no column names the product.
pub fn read_products(table: &Table, options: &DealOptions) -> Result<ProductsFile, FileError> {
    let headers = table.headers();
    let name_column = find_column(
        headers,
        &[
            "product",
            "product_name",
            "name",
            "item",
            "service",
            "produkt",
            "продукт",
            "tuote",
        ],
    )
    .ok_or_else(|| FileError::ColumnsMissing {
        missing: vec!["product".to_owned()],
        found: headers.to_vec(),
    })?;
    let series = find_column(
        headers,
        &["series", "family", "product_family", "category", "line"],
    );
    let price = find_column(
        headers,
        &[
            "price",
            "sales_price",
            "list_price",
            "unit_price",
            "amount",
            "cena",
            "цена",
            "hinta",
        ],
    );
    let currency = find_column(headers, &["currency", "currency_code"]);
    let mark = detect_mark(
        table
            .rows()
            .map(|row| price.map(|column| row.cell(column)).unwrap_or_default()),
    );

    let mut file = ProductsFile {
        rows: Vec::new(),
        rejections: broken_rows(table),
        notices: table.notices().to_vec(),
    };
    let mut assumed_thousands = None;
    let mut seen = HashSet::new();
    for row in table.rows() {
        let header = |column: usize| headers.get(column).map(String::as_str).unwrap_or_default();
        let reject = |reason, column| {
            Rejection::of_cell(
                row.line(),
                reason,
                header(column),
                row.cell_as_it_stands(column),
            )
        };
        let text = |column: Option<usize>| -> Result<Option<String>, Rejection> {
            let Some(column) = column else {
                return Ok(None);
            };
            let text = tidy(row.cell(column))
                .ok_or_else(|| reject(RejectionReason::TextTooLong, column))?;
            Ok(Some(text).filter(|text| !text.is_empty()))
        };
        let money = || -> Result<Option<Amount>, Rejection> {
            let Some(column) = price.filter(|&column| !row.cell(column).is_empty()) else {
                return Ok(None);
            };
            let stated = currency
                .map(|column| (column, row.cell(column)))
                .filter(|(_, code)| !code.is_empty());
            let expected = match stated {
                Some((column, code)) => find_currency(code)
                    .ok_or_else(|| reject(RejectionReason::CurrencyUnknown, column))?,
                None => options.unmarked_currency(),
            };
            let amount = read_amount(row.cell(column), mark, expected)
                .map_err(|reason| reject(reason, column))?;
            if amount.minor < 0 {
                return Err(reject(RejectionReason::AmountNegative, column));
            }
            Ok(Some(amount))
        };
        let read = || -> Result<(ProductRow, Option<Amount>), Rejection> {
            let name = text(Some(name_column))?
                .ok_or_else(|| reject(RejectionReason::NameMissing, name_column))?;
            let price = money()?;
            let product = ProductRow {
                line: row.line(),
                name,
                series: text(series)?,
                price_minor: price.map(|price| price.minor),
                currency: price.map(|price| price.currency.code()),
            };
            Ok((product, price))
        };
        match read() {
            Ok((product, _)) if !seen.insert(product.name.clone()) => {
                file.rejections
                    .push(reject(RejectionReason::Repeated, name_column));
            }
            Ok((product, value)) => {
                if let (Some(column), Some(true)) =
                    (price, value.map(|value| value.thousands_assumed))
                {
                    let cell = row.cell(column);
                    Notice::count_thousands(&mut assumed_thousands, header(column), cell);
                }
                file.rows.push(product);
            }
            Err(rejection) => file.rejections.push(rejection),
        }
    }
    file.rejections.sort_by_key(|rejection| rejection.line);
    file.notices.extend(assumed_thousands);
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_come_with_series_and_price() {
        let text = "product,series,sales_price\nGTX Basic,GTX,550\nGTX Pro,GTX,\"4,821.50\"\nGift,,\n\
                    ,GTX,5\nGTX Pro,GTX,1\nOdd,,five\nBad,,-1\n";
        let options = DealOptions::in_currency("EUR").unwrap();
        let file = read_products(&Table::read(text.as_bytes()).unwrap(), &options).unwrap();
        let product = |line, name: &str, series: Option<&str>, price: Option<i64>| ProductRow {
            line,
            name: name.to_owned(),
            series: series.map(str::to_owned),
            price_minor: price,
            currency: price.map(|_| "EUR"),
        };
        assert_eq!(
            file.rows,
            [
                product(2, "GTX Basic", Some("GTX"), Some(55_000)),
                product(3, "GTX Pro", Some("GTX"), Some(482_150)),
                product(4, "Gift", None, None),
            ]
        );
        let reasons: Vec<_> = file
            .rejections
            .iter()
            .map(|rejection| (rejection.line, rejection.reason))
            .collect();
        assert_eq!(
            reasons,
            [
                (5, RejectionReason::NameMissing),
                (6, RejectionReason::Repeated),
                (7, RejectionReason::AmountUnreadable),
                (8, RejectionReason::AmountNegative),
            ]
        );
    }
}
