#include "actors/sources/greenhouse_pay.hpp"

#include "actors/text/html.hpp"
#include "messages/byte_block.hpp"

namespace jobfarm::sources {

namespace {

/// Where "pay-range" first stands. A text has few hyphens, where every
/// paragraph of HTML has a "p".
std::size_t pay_range_in(std::string_view html) {
  constexpr std::string_view mark = "pay-range";
  constexpr auto before = mark.find('-');
  std::size_t at = before;
  for (; at + block::group_size <= html.size(); at += block::group_size) {
    auto found = block::group_bits(html.data() + at, [](block::bytes text) {
      return block::equal(text, '-');
    });
    for (; found != 0; found &= found - 1) {
      auto begin =
          at + static_cast<std::size_t>(__builtin_ctzll(found)) - before;
      if (html.compare(begin, mark.size(), mark) == 0)
        return begin;
    }
  }
  return html.find(mark, at - before);
}

/// Text of the first element of class `pay-range`: it holds spans only, up to
/// the end of its div.
std::string pay_range_text(std::string_view html) {
  auto at = pay_range_in(html);
  if (at == html.npos)
    return {};
  auto open = html.find('>', at);
  auto close = html.find("</div>", at);
  if (open == html.npos || close == html.npos || close < open)
    return {};
  constexpr std::size_t longest = 400;
  auto inner = html.substr(open + 1, close - open - 1);
  // Spans have no break between them: "£81,999—£110,940 GBP".
  return text::html_to_text(inner.substr(0, longest));
}

} // namespace

void read_greenhouse_pay(const json_members& job, raw_posting& posting,
                         extra_writer& extra) {
  constexpr double cents = 100;
  std::vector<std::string> ranges;
  for (auto range : items_at(job, {"pay_input_ranges"})) {
    auto in_units = [&](std::string_view field) {
      auto given = number_at(range, {field});
      return given ? std::optional{*given / cents} : std::nullopt;
    };
    auto min = in_units("min_cents");
    auto max = in_units("max_cents");
    auto currency = text_at(range, {"currency_type"});
    if (!min && !max)
      continue;
    if (ranges.empty()) {
      posting.salary_min = min;
      posting.salary_max = max;
      posting.salary_currency = currency;
    }
    ranges.push_back(pay_range_json(min, max, currency, ""));
  }
  if (ranges.size() > 1) {
    // Which of them is this place's is for the normaliser to say.
    posting.salary_min.reset();
    posting.salary_max.reset();
    posting.salary_currency.clear();
  }
  extra.raw("salary_ranges", array_json(ranges));
  if (ranges.empty())
    posting.salary = pay_range_text(posting.description_html);
}

} // namespace jobfarm::sources
