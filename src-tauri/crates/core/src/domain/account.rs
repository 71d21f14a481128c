//! Client companies: which one may belong to which.

use super::refusal::Refusal;

/// A company belongs neither to itself nor to one that belongs to it. `above` are the companies that it would belong
/// to, the nearest first, under names that tell companies apart, as `name` is.
///
/// # Errors
/// [`Refusal::ValueInvalid`] for one that would belong to itself.
pub fn must_not_belong_to_itself(name: &str, above: &[String]) -> Result<(), Refusal> {
    if above.iter().any(|company| company == name) {
        return Err(Refusal::value_invalid("parent_name", "other_company"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_company_belongs_to_others_and_never_to_itself() {
        let above = ["lumen".to_owned(), "gekko".to_owned()];
        assert!(must_not_belong_to_itself("acme", &above).is_ok());
        let refused = Err(Refusal::value_invalid("parent_name", "other_company"));
        assert_eq!(must_not_belong_to_itself("gekko", &above), refused);
    }
}
