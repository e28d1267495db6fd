#pragma once

#include "actors/sources/extra_writer.hpp"
#include "actors/sources/page_json.hpp"
#include "messages/posting.hpp"

namespace jobfarm::sources {

/// Reads a Greenhouse job's pay: `pay_input_ranges` of the detail answer
/// (cents; sources.md 3) into `extra.salary_ranges` and, where there is one
/// only, the salary fields; else the `pay-range` element of the description
/// as `posting.salary`.
void read_greenhouse_pay(const json_members& job, raw_posting& posting,
                         extra_writer& extra);

} // namespace jobfarm::sources
