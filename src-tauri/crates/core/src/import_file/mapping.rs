//! Which column stands for which field.
//!
//! Owns the mapping with which a person says what is not found by itself; the usual names of columns are in
//! [`super::field`], and what the exports of single systems look like in [`super::exports`]. It leaves out what the
//! cells say.

use super::exports::recognise;
use super::field::Field;
use super::{FileError, MappingProblem, fold};

/// The columns of a file by field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    columns: [Option<usize>; Field::ALL.len()],
    source: String,
    /// The system whose export it is.
    export: Option<&'static str>,
    won: Vec<String>,
    lost: Vec<String>,
}

impl Mapping {
    /// Finds the columns of a deals file by what is known of its system, else by their usual names.
    ///
    /// # Errors
    /// [`FileError::ColumnsMissing`] if account, stage, date or value has none.
    pub fn of_deals(headers: &[String], take_over: bool) -> Result<Self, FileError> {
        Self::build(headers, &serde_json::Map::new(), take_over)
    }

    /// Finds the columns of a deals file with a mapping:
    /// `{"external_id": "Deal #", "account": "Firma", …, "source": "our crm", "won": ["Gewonnen"]}`.
    ///
    /// A key is a field's and its value a column's name, or `null` for a field that no column stands for. Fields
    /// without a key are found by their built-in names. `source` names the system that the ids come from; `won`
    /// and `lost` list what the stage column says for them.
    ///
    /// # Errors
    /// [`FileError::MappingInvalid`] for a wrong mapping, [`FileError::ColumnsMissing`] if the file has no such
    /// column.
    pub fn from_json(
        headers: &[String],
        mapping: &serde_json::Value,
        take_over: bool,
    ) -> Result<Self, FileError> {
        let Some(keys) = mapping.as_object() else {
            return Err(invalid("", MappingProblem::NotAnObject));
        };
        Self::build(headers, keys, take_over)
    }

    /// The mapping as far as it goes, and the fields that it still needs.
    ///
    /// # Errors
    /// [`FileError::MappingInvalid`] for a wrong mapping.
    pub fn propose(
        headers: &[String],
        mapping: Option<&serde_json::Value>,
        take_over: bool,
    ) -> Result<(Self, Vec<String>), FileError> {
        let none = serde_json::Map::new();
        let keys = match mapping {
            None => &none,
            Some(mapping) => mapping
                .as_object()
                .ok_or_else(|| invalid("", MappingProblem::NotAnObject))?,
        };
        Self::find(headers, keys, take_over)
    }

    /// The column of a field, if there is one.
    pub fn column(&self, field: Field) -> Option<usize> {
        self.columns.get(field as usize).copied().flatten()
    }

    /// The system that the external ids come from.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The well-known system that the file was exported from.
    pub fn export(&self) -> Option<&'static str> {
        self.export
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
        take_over: bool,
    ) -> Result<Self, FileError> {
        let (mapping, missing) = Self::find(headers, keys, take_over)?;
        if missing.is_empty() {
            return Ok(mapping);
        }
        let found = headers.iter().filter(|header| !header.is_empty());
        Err(FileError::ColumnsMissing {
            missing,
            found: found.cloned().collect(),
        })
    }

    fn find(
        headers: &[String],
        keys: &serde_json::Map<String, serde_json::Value>,
        take_over: bool,
    ) -> Result<(Self, Vec<String>), FileError> {
        let known = |key: &str| {
            matches!(key, "source" | "won" | "lost")
                || Field::ALL.iter().any(|field| field.key() == key)
        };
        if let Some(key) = keys.keys().find(|key| !known(key)) {
            return Err(invalid(key, MappingProblem::UnknownKey));
        }
        let export = recognise(headers);
        let mut mapping = Self {
            columns: [None; Field::ALL.len()],
            source: export.map_or("deals", |export| export.code).to_owned(),
            export: export.map(|export| export.code),
            won: read_stages(keys, "won")?,
            lost: read_stages(keys, "lost")?,
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
        let mut taken = vec![false; headers.len()];
        let mut missing = mapping.take_named(headers, keys, &mut taken)?;
        let folded: Vec<String> = headers.iter().map(|header| fold(header)).collect();
        let open = |field: &Field| !keys.contains_key(field.key());
        for field in Field::ALL.into_iter().filter(open) {
            let column = export.and_then(|export| export.column(field, &folded));
            if let Some(column) = column.filter(|column| taken.get(*column) == Some(&false)) {
                mapping.take(&mut taken, field, column);
            }
        }
        for field in Field::ALL.into_iter().filter(open) {
            if mapping.column(field).is_some() {
                continue;
            }
            let column = field.synonyms().iter().find_map(|synonym| {
                let synonym = fold(synonym);
                (0..headers.len()).find(|&column| {
                    taken.get(column) == Some(&false) && folded.get(column) == Some(&synonym)
                })
            });
            if let Some(column) = column {
                mapping.take(&mut taken, field, column);
            }
        }
        let named = |field: Field| keys.get(field.key()).is_some_and(|name| !name.is_null());
        let runs = take_over && mapping.column(Field::RunningStage).is_some();
        missing.extend(
            Field::ALL
                .into_iter()
                .filter(|field| field.is_needed() && !named(*field))
                .filter(|field| mapping.column(*field).is_none())
                .filter(|field| *field != Field::Stage || !runs)
                .map(|field| field.key().to_owned()),
        );
        Ok((mapping, missing))
    }

    /// Takes the columns that the person named; gives the names that the file does not have.
    fn take_named(
        &mut self,
        headers: &[String],
        keys: &serde_json::Map<String, serde_json::Value>,
        taken: &mut [bool],
    ) -> Result<Vec<String>, FileError> {
        let mut missing = Vec::new();
        for field in Field::ALL {
            let named = match keys.get(field.key()) {
                None | Some(serde_json::Value::Null) => continue,
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
                Some(column) => self.take(taken, field, column),
            }
        }
        Ok(missing)
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

/// What a header row is remembered by: the same for the same columns, however they are written.
pub fn header_key(headers: &[String]) -> String {
    let folded: Vec<String> = headers
        .iter()
        .map(|header| fold(header))
        .filter(|header| !header.is_empty())
        .collect();
    let hash = blake3::hash(folded.join("\u{1f}").as_bytes());
    hash.to_hex().chars().take(32).collect()
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
                columns(&Mapping::of_deals(&headers(line), false).unwrap()),
                expected,
                "{line}"
            );
        }
    }

    #[test]
    fn a_missing_column_is_named_beside_what_was_found() {
        let found = headers("Unternehmen,Datum");
        let error = Mapping::of_deals(&found, false).unwrap_err();
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
        let mapping = Mapping::from_json(&headers, &mapping, false).unwrap();
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
                Mapping::from_json(&headers, &mapping, false).unwrap_err(),
                expected,
                "{mapping}"
            );
        }
    }

    #[test]
    fn a_column_that_the_mapping_names_and_the_file_has_not_is_missing() {
        let headers = headers("account,stage,close date,value");
        let error = Mapping::from_json(&headers, &json!({"owner": "Seller", "stage": null}), false)
            .unwrap_err();
        let missing = vec!["Seller".to_owned(), "stage".to_owned()];
        assert_eq!(
            error,
            FileError::ColumnsMissing {
                missing,
                found: headers
            }
        );
    }

    #[test]
    fn a_column_of_running_stages_stands_in_for_won_and_lost_when_taking_over() {
        let headers = headers("account,project stage,signed,value,contract end,kick-off date");
        let mapping = Mapping::of_deals(&headers, true).unwrap();
        let columns = [Field::RunningStage, Field::ContractEndOn, Field::KickOffOn];
        assert_eq!(
            columns.map(|field| mapping.column(field)),
            [Some(1), Some(4), Some(5)]
        );
        let (_, missing) = Mapping::propose(&headers, None, false).unwrap();
        assert_eq!(missing, ["stage"]);
    }

    #[test]
    fn a_header_row_is_remembered_however_it_is_written() {
        let key = |line| header_key(&headers(line));
        assert_eq!(key("Deal Name,Value"), key("deal_name,VALUE"));
        assert_ne!(key("Deal Name,Value"), key("Value,Deal Name"));
    }
}
