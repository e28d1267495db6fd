#pragma once

#include "messages/posting.hpp"

namespace jobfarm::normalize {

/// Share of the fields users need that are present, 0 to 100: title, company,
/// url, place (country or scope), city or remote, work mode, pay, date,
/// description of 200 characters, employment type, seniority, skills. Each
/// weighs the same. Adding what was unknown never lowers it.
double completeness_of(const job_posting& posting);

/// How far the fields can be trusted, 0 to 1: starts at 1, and each doubt takes
/// its part away: no company 0.15, no url 0.15, no resolved place 0.15 although
/// one is named, description under 200 characters 0.15 (none 0.25), no date
/// 0.1, no pay 0.15, pay inferred 0.05 and doubtful (1 - confidence) / 5 up to
/// 0.1, a title of over 150
/// or under 3 characters 0.2, `rejected_pay` 0.05.
double quality_of(const job_posting& posting, bool rejected_pay);

} // namespace jobfarm::normalize
