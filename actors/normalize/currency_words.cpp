#include "actors/normalize/currency_words.hpp"

#include "actors/normalize/currency.hpp"
#include "actors/normalize/fx.hpp"
#include "actors/text/affix.hpp"

#include <algorithm>
#include <initializer_list>

namespace jobfarm::normalize {

namespace {

using text::has;

bool has_any(std::string_view text,
             std::initializer_list<std::string_view> parts) {
  return std::any_of(parts.begin(), parts.end(),
                     [&](std::string_view part) { return has(text, part); });
}

/// The code of "Currency: USD"; empty for none.
std::string_view currency_said(std::string_view original) {
  constexpr std::string_view label = "urrency:";
  auto at = original.find(label);
  if (at == original.npos)
    return {};
  at = original.find_first_not_of(' ', at + label.size());
  auto code = at == original.npos ? std::string_view{} : original.substr(at, 3);
  return is_currency(code) ? code : std::string_view{};
}

} // namespace

std::string_view code_behind(std::string_view original) {
  constexpr std::size_t reach = 40;
  const auto near = original.substr(0, reach);
  auto is_bracket = [](char c) { return c == '(' || c == '['; };
  const auto open = static_cast<std::size_t>(
      std::find_if(
          near.begin(), near.end(),
          [&](char c) { return is_bracket(c) || (c >= '0' && c <= '9'); })
      - near.begin());
  if (open + 4 >= near.size() || !is_bracket(near[open]))
    return {};
  const auto code = near.substr(open + 1, 3);
  const auto is_closed = near[open + 4] == ')' || near[open + 4] == ']';
  return is_closed && is_currency(code) ? code : std::string_view{};
}

std::string_view currency_of_words(std::string_view original,
                                   std::string_view folded,
                                   std::string_view country) {
  if (auto said = currency_said(original); !said.empty())
    return said;
  auto own = currency_of_country(country);
  if (has_any(original, {"年収", "月給", "時給", "日給", "給与", "月収", "円"}))
    return "JPY";
  if (has_any(original, {"연봉", "월급", "시급", "만원", "급여"}))
    return "KRW";
  if (has_any(original, {"薪", "万/", "元"}))
    return own == "TWD" || own == "HKD" || own == "SGD" ? own : "CNY";
  if (has_any(folded, {"lpa", "lakh", "lac ", "lacs", "crore", "ctc"}))
    return own == "PKR" || own == "BDT" || own == "LKR" || own == "NPR" ? own
                                                                        : "INR";
  return {};
}

std::string_view crown_of_words(std::string_view folded) {
  if (has_any(folded, {"manad", "/man", "arslon ", "timlon", "i timmen",
                       "manadslon", "/ar", "lon:"}))
    return "SEK";
  if (has_any(folded, {"lonn", "maned", "mnd", "/time"}))
    return has(folded, "lonn") || has(folded, "mnd") ? "NOK" : "DKK";
  return has_any(folded, {"pr. ", "lon "}) ? "DKK" : "";
}

} // namespace jobfarm::normalize
