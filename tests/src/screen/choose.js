// Chooses an option of a native select, as the system's list would: value, then the events that follow.
const [select, wanted] = arguments;
const tidy = (text) => text.replace(/[\u2066-\u2069]/g, '').replace(/\s+/g, ' ').trim();
const option = [...select.options].find((one) => tidy(one.textContent) === wanted);
if (!option) return false;
select.focus();
select.value = option.value;
select.dispatchEvent(new Event('input', { bubbles: true }));
select.dispatchEvent(new Event('change', { bubbles: true }));
return true;
