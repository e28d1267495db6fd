#pragma once

#include "actors/normalize/money.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace jobfarm::normalize {

/// Takes out of `amounts`, those of `line` in their order, what no word beside
/// it makes pay: the midpoint between two bounds, the savings plans 401k and
/// 403b, shares of a hundred.
void drop_no_pay(std::string_view line, std::vector<money>& amounts);

/// True for one amount, or the two of a range, that could not be pay: a year, a
/// count. Numbers without a mark need groups of digits where words are needed.
bool is_bare(const money& a, const money& b, bool is_range, bool needs_words);

/// "19.75/hr": a rate by its unit.
bool is_hourly(std::string_view line, const money& one);

/// "15,20 per uur" as a salary field: a bare number with a rate behind it.
bool is_rate_of_field(std::string_view field, const money& one);

/// The same, or a large number and nothing else: "60000".
bool is_plain_field(std::string_view field, const money& one);

/// Whether a line is short, or its sentence around `at` hardly more than its
/// amounts: "Washington: $150,000 - $180,000 | California: ...". Where millions
/// stand, funds or loans are listed.
bool is_pay_list(std::string_view line, const std::vector<money>& amounts,
                 std::size_t at);

/// Whether a line has Latin letters.
bool has_letters(std::string_view line);

/// Whether a line is too short to hold a sentence.
bool is_short_line(std::string_view line);

/// Whether the ends of a range lie as close as those of pay do: projects and
/// deals have wider or smaller ones. `yearly` is in US dollars a year.
bool is_close_range(std::optional<double> low, std::optional<double> high,
                    double yearly);

/// Whether a rate that nothing calls pay is enough for it. `yearly` is in US
/// dollars a year.
bool is_living(std::string_view period, double yearly, bool is_range);

/// True for a currency of countries where wages are high.
bool is_of_rich_country(std::string_view currency);

/// The least pay, in US dollars a year, that no word need call so. Perks are
/// paid in the currencies of rich countries, wages of their size in others.
double least_unsaid_pay(std::string_view currency);

/// The same for a range in such a list: "PHP 35,000 - 45,000".
double least_listed_pay(std::string_view currency);

} // namespace jobfarm::normalize
