#pragma once

#include "actors/normalize/extra_reader.hpp"
#include "actors/normalize/salary.hpp"
#include "messages/posting.hpp"

namespace jobfarm::text {
class folded_text;
} // namespace jobfarm::text

namespace jobfarm::normalize {

/// Finds the pay of a posting, whose places are known. The record's display
/// text must be plain.
salary_finding find_pay(const raw_posting& raw, const extra_fields& extra,
                        const text::folded_text& description,
                        const job_posting& posting);

/// Sets the pay that was found.
void set_pay(const salary_finding& found, job_posting& posting);

/// Whether the record has pay beside its description.
bool has_pay_fields(const raw_posting& raw, const extra_fields& extra);

} // namespace jobfarm::normalize
