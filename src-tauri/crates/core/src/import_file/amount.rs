//! Amounts of money from text, as integers of minor units.
//!
//! Owns thousand separators, the decimal mark of a column, signs, currency signs and codes, and how many decimals
//! a currency has. No amount is ever a float, and none is rounded: one with more decimals than its currency is
//! rejected. It leaves out which currency an unmarked amount is in; the caller says so.

use super::RejectionReason;
use iso_currency::Currency;

/// The largest amount that is read, in minor units. The rule is that of amounts that are typed.
pub const LARGEST_MINOR: i64 = 1_000_000_000_000_000;

/// The decimal mark of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecimalMark {
    /// `1,234.50`.
    Point,
    /// `1.234,50`.
    Comma,
    /// No cell tells: `1234`, `1,234`.
    Unknown,
    /// Cells contradict each other; only those that can be read in one way are read.
    Mixed,
}

/// An amount with what was found beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount {
    /// Minor units of `currency`.
    pub minor: i64,
    /// The currency it is counted in.
    pub currency: Currency,
    /// The cell named the currency itself.
    pub named: bool,
    /// Its lone separator was read as that of thousands although nothing tells.
    pub thousands_assumed: bool,
}

/// Decimal places of an ISO 4217 code (2 for EUR, 0 for JPY); `None` for what is no code.
pub fn currency_digits(code: &str) -> Option<u8> {
    Currency::from_code(code).map(digits_of)
}

/// The currency of a code in any case, with white space around it.
pub fn find_currency(code: &str) -> Option<Currency> {
    let code = code.trim();
    (code.len() == 3)
        .then(|| Currency::from_code(&code.to_ascii_uppercase()))
        .flatten()
}

fn digits_of(currency: Currency) -> u8 {
    currency
        .exponent()
        .and_then(|digits| u8::try_from(digits).ok())
        .unwrap_or(2)
}

/// Decides the decimal mark of a column from the cells that can be read in one way only.
pub fn detect_mark<'a>(cells: impl Iterator<Item = &'a str>) -> DecimalMark {
    let (mut point, mut comma) = (false, false);
    for cell in cells {
        let Some(parts) = take_apart(cell) else {
            continue;
        };
        match shape(parts.number) {
            Shape::Decimal('.') | Shape::Grouped(',', true) => point = true,
            Shape::Decimal(',') | Shape::Grouped('.', true) => comma = true,
            _ => {}
        }
    }
    match (point, comma) {
        (true, true) => DecimalMark::Mixed,
        (true, false) => DecimalMark::Point,
        (false, true) => DecimalMark::Comma,
        (false, false) => DecimalMark::Unknown,
    }
}

/// Reads an amount.
///
/// `currency` is that of cells which name none. A sign such as `$` that several currencies share stands for
/// `currency` if that is one of them, else for the first of them.
///
/// # Errors
/// The reason why the cell is not an amount, for the row's rejection.
pub fn read_amount(
    cell: &str,
    mark: DecimalMark,
    currency: Currency,
) -> Result<Amount, RejectionReason> {
    if cell.trim().is_empty() {
        return Err(RejectionReason::AmountMissing);
    }
    let parts = take_apart(cell).ok_or(RejectionReason::AmountUnreadable)?;
    let counted_in = parts
        .named
        .map_or(currency, |named| named.resolve(currency));
    let decimal = match shape(parts.number) {
        Shape::Invalid => return Err(RejectionReason::AmountUnreadable),
        Shape::Plain | Shape::Grouped(..) => None,
        Shape::Decimal(separator) => Some(separator),
        Shape::Either(separator) => match mark {
            DecimalMark::Point => (separator == '.').then_some(separator),
            DecimalMark::Comma => (separator == ',').then_some(separator),
            DecimalMark::Mixed => return Err(RejectionReason::AmountAmbiguous),
            // With fewer than three decimals in the currency it can only be a thousand separator.
            DecimalMark::Unknown if digits_of(counted_in) < 3 => None,
            DecimalMark::Unknown => return Err(RejectionReason::AmountAmbiguous),
        },
    };
    let thousands_assumed =
        mark == DecimalMark::Unknown && matches!(shape(parts.number), Shape::Either(_));
    let minor = count_minor(parts.number, decimal, digits_of(counted_in))?;
    let minor = if parts.negative { -minor } else { minor };
    Ok(Amount {
        minor,
        currency: counted_in,
        named: parts.named.is_some(),
        thousands_assumed,
    })
}

fn count_minor(number: &str, decimal: Option<char>, digits: u8) -> Result<i64, RejectionReason> {
    let (whole, fraction) = match decimal.and_then(|mark| number.rsplit_once(mark)) {
        Some((whole, fraction)) => (whole, fraction),
        None => (number, ""),
    };
    let digits = usize::from(digits);
    let surplus = fraction
        .get(digits.min(fraction.len())..)
        .unwrap_or_default();
    if surplus.bytes().any(|byte| byte != b'0') {
        return Err(RejectionReason::AmountUnreadable);
    }
    let kept = fraction.bytes().take(digits);
    let padding = std::iter::repeat_n(b'0', digits.saturating_sub(fraction.len()));
    let mut minor = 0_i64;
    for byte in whole
        .bytes()
        .filter(u8::is_ascii_digit)
        .chain(kept)
        .chain(padding)
    {
        minor = minor
            .checked_mul(10)
            .and_then(|minor| minor.checked_add(i64::from(byte - b'0')))
            .filter(|minor| *minor <= LARGEST_MINOR)
            .ok_or(RejectionReason::AmountTooLarge)?;
    }
    Ok(minor)
}

/// A cell without its sign and currency.
struct Parts<'a> {
    /// Digits and separators.
    number: &'a str,
    negative: bool,
    named: Option<Named>,
}

/// The currency that a cell names.
#[derive(Debug, Clone, Copy)]
enum Named {
    /// By its ISO 4217 code.
    Code(Currency),
    /// By a sign that stands for one of these.
    Sign(&'static [Currency]),
}

impl Named {
    fn can_be(self, currency: Currency) -> bool {
        match self {
            Self::Code(code) => code == currency,
            Self::Sign(candidates) => candidates.contains(&currency),
        }
    }

    /// The one it stands for where `in_use` is the usual one.
    fn resolve(self, in_use: Currency) -> Currency {
        match self {
            Self::Code(code) => code,
            Self::Sign(candidates) if candidates.contains(&in_use) => in_use,
            Self::Sign(candidates) => candidates.first().copied().unwrap_or(in_use),
        }
    }
}

/// Takes sign, brackets and currency off, in whatever order they stand; `None` if something else is left.
fn take_apart(cell: &str) -> Option<Parts<'_>> {
    let mut rest = cell.trim();
    let mut negative = false;
    let mut named: Option<Named> = None;
    loop {
        let starts_well = rest
            .starts_with(|character: char| character.is_ascii_digit() || ".,".contains(character));
        let ends_well = rest
            .ends_with(|character: char| character.is_ascii_digit() || ".,".contains(character));
        if starts_well && ends_well {
            return Some(Parts {
                number: rest,
                negative,
                named,
            });
        }
        if let Some(inner) = rest
            .strip_prefix('(')
            .and_then(|rest| rest.strip_suffix(')'))
        {
            if negative {
                return None;
            }
            negative = true;
            rest = inner.trim();
            continue;
        }
        let minus = ['-', '\u{2212}', '\u{2013}'];
        if let Some(inner) = rest
            .strip_prefix(minus)
            .or_else(|| rest.strip_suffix(minus))
        {
            if negative {
                return None;
            }
            negative = true;
            rest = inner.trim();
            continue;
        }
        if let Some(inner) = rest.strip_prefix('+') {
            rest = inner.trim();
            continue;
        }
        let (inner, found) = strip_currency(rest)?;
        named = match (named, found) {
            (None, found) => Some(found),
            // `$12.50 USD`: the code says which dollar.
            (Some(sign @ Named::Sign(_)), Named::Code(code)) if sign.can_be(code) => Some(found),
            (Some(Named::Code(code)), sign @ Named::Sign(_)) if sign.can_be(code) => named,
            _ => return None,
        };
        rest = inner;
    }
}

fn strip_currency(text: &str) -> Option<(&str, Named)> {
    use Currency as C;
    const SIGNS: &[(&str, &[Currency])] = &[
        ("R$", &[C::BRL]),
        ("US$", &[C::USD]),
        ("A$", &[C::AUD]),
        ("C$", &[C::CAD]),
        (
            "$",
            &[
                C::USD,
                C::CAD,
                C::AUD,
                C::NZD,
                C::SGD,
                C::HKD,
                C::MXN,
                C::CLP,
                C::COP,
                C::ARS,
                C::TWD,
            ],
        ),
        ("€", &[C::EUR]),
        ("£", &[C::GBP]),
        ("¥", &[C::JPY, C::CNY]),
        ("￥", &[C::JPY, C::CNY]),
        ("zł", &[C::PLN]),
        ("₽", &[C::RUB]),
        ("₴", &[C::UAH]),
        ("₹", &[C::INR]),
        ("₺", &[C::TRY]),
        ("₩", &[C::KRW]),
        ("₪", &[C::ILS]),
        ("₫", &[C::VND]),
        ("₸", &[C::KZT]),
        ("﷼", &[C::IRR]),
        ("Kč", &[C::CZK]),
        ("Ft", &[C::HUF]),
        ("kr", &[C::SEK, C::NOK, C::DKK, C::ISK]),
        ("Fr.", &[C::CHF]),
    ];
    for (sign, currencies) in SIGNS {
        if let Some(rest) = text.strip_prefix(sign).or_else(|| text.strip_suffix(sign)) {
            return Some((rest.trim(), Named::Sign(currencies)));
        }
    }
    let front = text
        .split_at_checked(3)
        .and_then(|(code, rest)| Some((rest, find_currency(code)?)));
    let found = front.or_else(|| {
        let (rest, code) = text.split_at_checked(text.len().checked_sub(3)?)?;
        Some((rest, find_currency(code)?))
    });
    found.map(|(rest, currency)| (rest.trim(), Named::Code(currency)))
}

/// How the separators of a number can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// Not a number.
    Invalid,
    /// No point and no comma, or spaces and apostrophes between thousands.
    Plain,
    /// Thousands only; `true` if the separator stands more than once and so cannot be the decimal mark.
    Grouped(char, bool),
    /// This is the decimal mark.
    Decimal(char),
    /// `1,234`: a thousand separator or a decimal mark.
    Either(char),
}

fn shape(number: &str) -> Shape {
    let is_space =
        |character: char| character == '\'' || character == '’' || character.is_whitespace();
    if !number.contains(|character: char| character.is_ascii_digit())
        || !number.chars().all(|character| {
            character.is_ascii_digit()
                || character == '.'
                || character == ','
                || is_space(character)
        })
    {
        return Shape::Invalid;
    }
    let points = number.matches('.').count();
    let commas = number.matches(',').count();
    let spaces = number.contains(is_space);
    let well_grouped = |whole: &str| {
        let separators: Vec<char> = whole
            .chars()
            .filter(|character| !character.is_ascii_digit())
            .collect();
        let alike = separators.windows(2).all(|pair| pair[0] == pair[1]);
        let mut groups = whole.split(|character: char| !character.is_ascii_digit());
        let first = groups.next().unwrap_or_default().len();
        let rest: Vec<usize> = groups.map(str::len).collect();
        let (last, middle) = match rest.split_last() {
            None => return true,
            Some((last, middle)) => (*last, middle),
        };
        // Thousands, or lakhs and crores: 12,34,567.
        let even =
            middle.iter().all(|&length| length == 3) || middle.iter().all(|&length| length == 2);
        alike && (1..=3).contains(&first) && last == 3 && even
    };
    let decimal = |mark: char| match number.rsplit_once(mark) {
        Some((whole, fraction))
            if fraction.bytes().all(|byte| byte.is_ascii_digit()) && well_grouped(whole) =>
        {
            Shape::Decimal(mark)
        }
        _ => Shape::Invalid,
    };
    let only = |mark: char, count: usize| {
        if count > 1 {
            return if !spaces && well_grouped(number) {
                Shape::Grouped(mark, true)
            } else {
                Shape::Invalid
            };
        }
        let (whole, fraction) = number.rsplit_once(mark).unwrap_or((number, ""));
        let could_group = fraction.len() == 3
            && !spaces
            && matches!(whole.len(), 1..=3)
            && !whole.starts_with('0');
        if could_group {
            Shape::Either(mark)
        } else {
            decimal(mark)
        }
    };
    match (points, commas) {
        (0, 0) if well_grouped(number) => Shape::Plain,
        (0, 0) => Shape::Invalid,
        (points, 0) => only('.', points),
        (0, commas) => only(',', commas),
        (1, _) if number.rfind('.') > number.rfind(',') => decimal('.'),
        (_, 1) if number.rfind(',') > number.rfind('.') => decimal(','),
        _ => Shape::Invalid,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use RejectionReason::{AmountAmbiguous, AmountMissing, AmountTooLarge, AmountUnreadable};

    fn minor(cell: &str, mark: DecimalMark, code: &str) -> Result<i64, RejectionReason> {
        read_amount(cell, mark, find_currency(code).unwrap()).map(|amount| amount.minor)
    }

    #[test]
    fn an_amount_is_read_to_the_last_cent() {
        let cases = [
            ("1054", Ok(105_400)),
            ("1054.5", Ok(105_450)),
            ("1054,50", Ok(105_450)),
            ("1054.500", Ok(105_450)),
            ("1,054.50", Ok(105_450)),
            ("1.054,50", Ok(105_450)),
            ("1 054,50", Ok(105_450)),
            ("1\u{a0}054,50", Ok(105_450)),
            ("1\u{202f}054.50", Ok(105_450)),
            ("1'054.50", Ok(105_450)),
            ("1’054.50", Ok(105_450)),
            ("1,234,567", Ok(123_456_700)),
            ("1.234.567", Ok(123_456_700)),
            ("12,34,567.89", Ok(123_456_789)),
            ("1,054", Ok(105_400)),
            ("1.054", Ok(105_400)),
            ("0.054", Err(AmountUnreadable)),
            ("0.05", Ok(5)),
            (".5", Ok(50)),
            ("5.", Ok(500)),
            ("0", Ok(0)),
            ("+12", Ok(1_200)),
            ("-12.5", Ok(-1_250)),
            ("12.5-", Ok(-1_250)),
            ("\u{2212}12.5", Ok(-1_250)),
            ("(12.50)", Ok(-1_250)),
            ("($12.50)", Ok(-1_250)),
            ("-$12.50", Ok(-1_250)),
            ("$ 12.50", Ok(1_250)),
            ("12,50 €", Ok(1_250)),
            ("EUR 12.50", Ok(1_250)),
            ("12.50 usd", Ok(1_250)),
            ("1 054,50 zł", Ok(105_450)),
            ("$12.50 USD", Ok(1_250)),
            ("92233720368547758.07", Err(AmountTooLarge)),
            ("10000000000000.00", Ok(1_000_000_000_000_000)),
            ("10000000000000.01", Err(AmountTooLarge)),
            ("99999999999999999999999999", Err(AmountTooLarge)),
            ("", Err(AmountMissing)),
            ("  ", Err(AmountMissing)),
            ("n/a", Err(AmountUnreadable)),
            ("12.345.6", Err(AmountUnreadable)),
            ("1,23,4", Err(AmountUnreadable)),
            ("12.505", Ok(1_250_500)),
            ("1234.505", Err(AmountUnreadable)),
            ("1.0E+06", Err(AmountUnreadable)),
            ("12 50", Err(AmountUnreadable)),
            ("--12", Err(AmountUnreadable)),
            ("(-12)", Err(AmountUnreadable)),
            ("€ 12 USD", Err(AmountUnreadable)),
            ("12 apples", Err(AmountUnreadable)),
            ("..", Err(AmountUnreadable)),
            ("-", Err(AmountUnreadable)),
            ("۱۲۳", Err(AmountUnreadable)),
        ];
        for (cell, expected) in cases {
            assert_eq!(minor(cell, DecimalMark::Unknown, "USD"), expected, "{cell}");
        }
    }

    #[test]
    fn minor_units_follow_the_currency() {
        let cases = [
            ("1054", "JPY", Ok(1_054)),
            ("1054.00", "JPY", Ok(1_054)),
            ("1054.5", "JPY", Err(AmountUnreadable)),
            ("1054.5", "KWD", Ok(1_054_500)),
            ("1.054", "KWD", Err(AmountAmbiguous)),
            ("¥1,054", "USD", Ok(1_054)),
        ];
        for (cell, code, expected) in cases {
            assert_eq!(
                minor(cell, DecimalMark::Unknown, code),
                expected,
                "{cell} {code}"
            );
        }
    }

    #[test]
    fn the_column_decides_what_a_lone_separator_means() {
        let cases = [
            ("1,054", DecimalMark::Point, Ok(105_400)),
            ("1.054", DecimalMark::Point, Err(AmountUnreadable)),
            ("1.050", DecimalMark::Point, Ok(105)),
            ("1.054", DecimalMark::Comma, Ok(105_400)),
            ("1,050", DecimalMark::Comma, Ok(105)),
            ("1,054", DecimalMark::Mixed, Err(AmountAmbiguous)),
            ("1,054.00", DecimalMark::Mixed, Ok(105_400)),
        ];
        for (cell, mark, expected) in cases {
            assert_eq!(minor(cell, mark, "USD"), expected, "{cell} {mark:?}");
        }
    }

    #[test]
    fn the_decimal_mark_is_found_from_the_cells_that_tell() {
        let cases: [(&[&str], DecimalMark); 7] = [
            (&["1,054", "12.50"], DecimalMark::Point),
            (&["1.054", "12,50"], DecimalMark::Comma),
            (&["1,054", "2,500,000"], DecimalMark::Point),
            (&["1.234,5"], DecimalMark::Comma),
            (&["1,054", "1 054", "12"], DecimalMark::Unknown),
            (&["12.50", "12,50"], DecimalMark::Mixed),
            (&["", "n/a"], DecimalMark::Unknown),
        ];
        for (cells, expected) in cases {
            assert_eq!(detect_mark(cells.iter().copied()), expected, "{cells:?}");
        }
    }

    #[test]
    fn a_sign_that_several_currencies_share_stands_for_the_one_in_use() {
        let cases = [
            ("$5", "CAD", "CAD", true),
            ("$5", "EUR", "USD", true),
            ("kr 5", "NOK", "NOK", true),
            ("€5", "USD", "EUR", true),
            ("5", "USD", "USD", false),
            ("PLN 5", "USD", "PLN", true),
        ];
        for (cell, in_use, expected, named) in cases {
            let amount =
                read_amount(cell, DecimalMark::Unknown, find_currency(in_use).unwrap()).unwrap();
            assert_eq!(
                (amount.currency.code(), amount.named),
                (expected, named),
                "{cell}"
            );
        }
    }

    #[test]
    fn a_thousand_that_nothing_tells_from_a_decimal_is_marked() {
        let usd = find_currency("USD").unwrap();
        let assumed = |cell, mark| read_amount(cell, mark, usd).unwrap().thousands_assumed;
        assert!(assumed("1,234", DecimalMark::Unknown));
        assert!(!assumed("1,234", DecimalMark::Point));
        assert!(!assumed("1234", DecimalMark::Unknown));
        assert!(!assumed("1,234,567", DecimalMark::Unknown));
    }

    #[test]
    fn every_iso_code_has_its_digits() {
        assert_eq!(currency_digits("EUR"), Some(2));
        assert_eq!(currency_digits("JPY"), Some(0));
        assert_eq!(currency_digits("KWD"), Some(3));
        assert_eq!(currency_digits("eur"), None);
        assert_eq!(currency_digits("XXY"), None);
    }
}
