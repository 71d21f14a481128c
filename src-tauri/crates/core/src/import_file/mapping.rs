//! Which column stands for which field.
//!
//! Owns the built-in names under which other systems export a column, and the mapping file with which a person
//! says it otherwise. It leaves out what the cells say.

use super::{FileError, MappingProblem, fold};

/// A field that a column can stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// The deal's id in the system that exported it.
    ExternalId,
    /// The client company.
    Account,
    /// What was sold.
    Product,
    /// Who sold it.
    Owner,
    /// Where the deal stands.
    Stage,
    /// When it was closed.
    SignedOn,
    /// What it is worth.
    Value,
    /// The currency of the value.
    Currency,
    /// The deal's own name.
    Name,
}

impl Field {
    /// Every field, in the order in which columns are looked for.
    pub const ALL: [Self; 9] = [
        Self::ExternalId,
        Self::Account,
        Self::Product,
        Self::Owner,
        Self::Stage,
        Self::SignedOn,
        Self::Value,
        Self::Currency,
        Self::Name,
    ];

    /// The field's key in a mapping file.
    pub fn key(self) -> &'static str {
        match self {
            Self::ExternalId => "external_id",
            Self::Account => "account",
            Self::Product => "product",
            Self::Owner => "owner",
            Self::Stage => "stage",
            Self::SignedOn => "signed_on",
            Self::Value => "value",
            Self::Currency => "currency",
            Self::Name => "name",
        }
    }

    /// Deals cannot be read without it.
    fn is_needed(self) -> bool {
        matches!(
            self,
            Self::Account | Self::Stage | Self::SignedOn | Self::Value
        )
    }

    /// Names under which exports carry it, the surest first; compared folded.
    fn synonyms(self) -> &'static [&'static str] {
        match self {
            Self::ExternalId => &[
                "external_id",
                "opportunity_id",
                "deal_id",
                "record_id",
                "opp_id",
                "crm_id",
                "hs_object_id",
                "id",
            ],
            Self::Account => &[
                "account",
                "account_name",
                "company",
                "company_name",
                "client",
                "client_name",
                "customer",
                "customer_name",
                "organization",
                "organisation",
                "organization_name",
                "associated_company",
            ],
            Self::Product => &[
                "product",
                "product_name",
                "products",
                "item",
                "service",
                "package",
                "offering",
            ],
            Self::Owner => &[
                "owner",
                "sales_agent",
                "deal_owner",
                "opportunity_owner",
                "owner_name",
                "account_executive",
                "sales_rep",
                "salesperson",
                "seller",
                "agent",
                "rep",
                "assigned_to",
            ],
            Self::Stage => &[
                "deal_stage",
                "stage",
                "stage_name",
                "status",
                "deal_status",
                "sales_stage",
                "outcome",
            ],
            Self::SignedOn => &[
                "signed_on",
                "signed",
                "signed_date",
                "date_signed",
                "signature_date",
                "contract_date",
                "close_date",
                "closed_on",
                "closed_date",
                "date_closed",
                "actual_close_date",
                "closing_date",
                "won_on",
                "won_date",
                "won_time",
            ],
            Self::Value => &[
                "value",
                "close_value",
                "amount",
                "deal_value",
                "deal_amount",
                "contract_value",
                "total_value",
                "opportunity_amount",
                "total_amount",
                "total",
                "revenue",
                "price",
            ],
            Self::Currency => &[
                "currency",
                "currency_code",
                "currency_iso_code",
                "deal_currency",
            ],
            Self::Name => &[
                "deal_name",
                "opportunity_name",
                "opportunity",
                "deal",
                "name",
                "title",
                "subject",
            ],
        }
    }
}

/// The columns of a file by field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    columns: [Option<usize>; Field::ALL.len()],
    source: String,
    won: Vec<String>,
    lost: Vec<String>,
}

impl Mapping {
    /// Finds the columns of a deals file by their built-in names.
    ///
    /// # Errors
    /// [`FileError::ColumnsMissing`] if account, stage, date or value has none.
    pub fn of_deals(headers: &[String]) -> Result<Self, FileError> {
        Self::build(headers, &serde_json::Map::new())
    }

    /// Finds the columns of a deals file with a mapping file:
    /// `{"external_id": "Deal #", "account": "Firma", …, "source": "our crm", "won": ["Gewonnen"]}`.
    ///
    /// A key is a field's and its value a column's name, or `null` for a field that no column stands for. Fields
    /// without a key are found by their built-in names. `source` names the system that the ids come from; `won`
    /// and `lost` list what the stage column says for them.
    ///
    /// # Errors
    /// [`FileError::MappingInvalid`] for a wrong mapping, [`FileError::ColumnsMissing`] if the file has no such
    /// column.
    pub fn from_json(headers: &[String], mapping: &serde_json::Value) -> Result<Self, FileError> {
        let Some(keys) = mapping.as_object() else {
            return Err(invalid("", MappingProblem::NotAnObject));
        };
        Self::build(headers, keys)
    }

    /// The column of a field, if there is one.
    pub fn column(&self, field: Field) -> Option<usize> {
        self.columns.get(field as usize).copied().flatten()
    }

    /// The system that the external ids come from.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// What the mapping file says is a won stage, folded; empty if it does not say.
    pub(super) fn won(&self) -> &[String] {
        &self.won
    }

    /// What the mapping file says is a lost stage, folded; empty if it does not say.
    pub(super) fn lost(&self) -> &[String] {
        &self.lost
    }

    fn build(
        headers: &[String],
        keys: &serde_json::Map<String, serde_json::Value>,
    ) -> Result<Self, FileError> {
        let known = |key: &str| {
            matches!(key, "source" | "won" | "lost")
                || Field::ALL.iter().any(|field| field.key() == key)
        };
        if let Some(key) = keys.keys().find(|key| !known(key)) {
            return Err(invalid(key, MappingProblem::UnknownKey));
        }
        let mut mapping = Self {
            columns: [None; Field::ALL.len()],
            source: "deals".to_owned(),
            won: Vec::new(),
            lost: Vec::new(),
        };
        if let Some(source) = keys.get("source") {
            let source = source
                .as_str()
                .map(str::trim)
                .filter(|source| !source.is_empty());
            mapping.source = source
                .ok_or_else(|| invalid("source", MappingProblem::NotText))?
                .to_owned();
        }
        mapping.won = read_stages(keys, "won")?;
        mapping.lost = read_stages(keys, "lost")?;

        let mut missing = Vec::new();
        let mut taken = vec![false; headers.len()];
        for field in Field::ALL {
            let named = match keys.get(field.key()) {
                None => continue,
                Some(serde_json::Value::Null) => continue,
                Some(name) => name
                    .as_str()
                    .ok_or_else(|| invalid(field.key(), MappingProblem::NotText))?,
            };
            let exact = headers
                .iter()
                .position(|header| header.trim() == named.trim());
            let column = exact.or_else(|| {
                headers
                    .iter()
                    .position(|header| fold(header) == fold(named))
            });
            match column {
                None => missing.push(named.to_owned()),
                Some(column) if taken.get(column) == Some(&true) => {
                    return Err(invalid(field.key(), MappingProblem::ColumnTwice));
                }
                Some(column) => mapping.take(&mut taken, field, column),
            }
        }
        let folded: Vec<String> = headers.iter().map(|header| fold(header)).collect();
        for field in Field::ALL {
            if keys.contains_key(field.key()) {
                continue;
            }
            let column = field.synonyms().iter().find_map(|synonym| {
                let synonym = fold(synonym);
                (0..headers.len()).find(|&column| {
                    taken.get(column) == Some(&false) && folded.get(column) == Some(&synonym)
                })
            });
            match column {
                Some(column) => mapping.take(&mut taken, field, column),
                None if field.is_needed() => missing.push(field.key().to_owned()),
                None => {}
            }
        }
        for field in Field::ALL.into_iter().filter(|field| field.is_needed()) {
            if keys
                .get(field.key())
                .is_some_and(serde_json::Value::is_null)
            {
                missing.push(field.key().to_owned());
            }
        }
        if missing.is_empty() {
            Ok(mapping)
        } else {
            Err(FileError::ColumnsMissing {
                missing,
                found: headers.to_vec(),
            })
        }
    }

    fn take(&mut self, taken: &mut [bool], field: Field, column: usize) {
        if let (Some(slot), Some(taken)) =
            (self.columns.get_mut(field as usize), taken.get_mut(column))
        {
            *slot = Some(column);
            *taken = true;
        }
    }
}

/// The column of the first of `synonyms` that the header has.
pub(super) fn find_column(headers: &[String], synonyms: &[&str]) -> Option<usize> {
    synonyms.iter().find_map(|synonym| {
        headers
            .iter()
            .position(|header| fold(header) == fold(synonym))
    })
}

fn read_stages(
    keys: &serde_json::Map<String, serde_json::Value>,
    key: &str,
) -> Result<Vec<String>, FileError> {
    let Some(value) = keys.get(key) else {
        return Ok(Vec::new());
    };
    let stages = value.as_array().and_then(|stages| {
        stages
            .iter()
            .map(|stage| stage.as_str().map(fold).filter(|stage| !stage.is_empty()))
            .collect()
    });
    stages.ok_or_else(|| invalid(key, MappingProblem::NotText))
}

fn invalid(key: &str, reason: MappingProblem) -> FileError {
    FileError::MappingInvalid {
        key: key.to_owned(),
        reason,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn headers(line: &str) -> Vec<String> {
        line.split(',').map(str::to_owned).collect()
    }

    fn columns(mapping: &Mapping) -> Vec<(&'static str, usize)> {
        Field::ALL
            .iter()
            .filter_map(|&field| Some((field.key(), mapping.column(field)?)))
            .collect()
    }

    #[test]
    fn the_usual_exports_need_no_mapping_file() {
        let cases = [
            (
                "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value",
                vec![
                    ("external_id", 0),
                    ("account", 3),
                    ("product", 2),
                    ("owner", 1),
                    ("stage", 4),
                    ("signed_on", 6),
                    ("value", 7),
                ],
            ),
            (
                "Record ID,Deal Name,Deal Stage,Close Date,Deal owner,Amount,Currency,Associated Company",
                vec![
                    ("external_id", 0),
                    ("account", 7),
                    ("owner", 4),
                    ("stage", 2),
                    ("signed_on", 3),
                    ("value", 5),
                    ("currency", 6),
                    ("name", 1),
                ],
            ),
            (
                "Opportunity Owner,Account Name,Opportunity Name,Stage,Amount,Close Date",
                vec![
                    ("account", 1),
                    ("owner", 0),
                    ("stage", 3),
                    ("signed_on", 5),
                    ("value", 4),
                    ("name", 2),
                ],
            ),
        ];
        for (line, expected) in cases {
            assert_eq!(
                columns(&Mapping::of_deals(&headers(line)).unwrap()),
                expected,
                "{line}"
            );
        }
    }

    #[test]
    fn a_missing_column_is_named_beside_what_was_found() {
        let found = headers("Firma,Datum");
        let error = Mapping::of_deals(&found).unwrap_err();
        let missing = ["account", "stage", "signed_on", "value"]
            .map(str::to_owned)
            .to_vec();
        assert_eq!(error, FileError::ColumnsMissing { missing, found });
    }

    #[test]
    fn a_mapping_file_overrides_the_built_in_names() {
        let headers = headers("Nr,Firma,Status,Datum,Summe,account");
        let mapping = json!({
            "external_id": "Nr", "account": "firma ", "signed_on": "Datum", "value": "Summe", "source": "Vertrieb",
            "owner": null, "won": ["Gewonnen!"]
        });
        let mapping = Mapping::from_json(&headers, &mapping).unwrap();
        let expected = vec![
            ("external_id", 0),
            ("account", 1),
            ("stage", 2),
            ("signed_on", 3),
            ("value", 4),
        ];
        assert_eq!(columns(&mapping), expected);
        assert_eq!(mapping.source(), "Vertrieb");
        assert_eq!(mapping.won(), ["gewonnen"]);
    }

    #[test]
    fn a_wrong_mapping_file_is_refused_with_its_key() {
        let headers = headers("account,stage,close date,value");
        let cases = [
            (json!([]), "", MappingProblem::NotAnObject),
            (
                json!({"acount": "account"}),
                "acount",
                MappingProblem::UnknownKey,
            ),
            (json!({"account": 3}), "account", MappingProblem::NotText),
            (json!({"source": " "}), "source", MappingProblem::NotText),
            (json!({"won": "Won"}), "won", MappingProblem::NotText),
            (
                json!({"account": "account", "name": "account"}),
                "name",
                MappingProblem::ColumnTwice,
            ),
        ];
        for (mapping, key, reason) in cases {
            let expected = FileError::MappingInvalid {
                key: key.to_owned(),
                reason,
            };
            assert_eq!(
                Mapping::from_json(&headers, &mapping).unwrap_err(),
                expected,
                "{mapping}"
            );
        }
    }

    #[test]
    fn a_column_that_the_mapping_names_and_the_file_has_not_is_missing() {
        let headers = headers("account,stage,close date,value");
        let error =
            Mapping::from_json(&headers, &json!({"owner": "Seller", "stage": null})).unwrap_err();
        let missing = vec!["Seller".to_owned(), "stage".to_owned()];
        assert_eq!(
            error,
            FileError::ColumnsMissing {
                missing,
                found: headers
            }
        );
    }
}
