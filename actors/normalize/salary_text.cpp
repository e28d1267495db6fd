#include "actors/normalize/currency.hpp"
#include "actors/normalize/currency_words.hpp"
#include "actors/normalize/fx.hpp"
#include "actors/normalize/money.hpp"
#include "actors/normalize/no_pay.hpp"
#include "actors/normalize/pay_claim.hpp"
#include "actors/normalize/pay_context.hpp"
#include "actors/normalize/pay_period.hpp"
#include "actors/normalize/pay_place.hpp"
#include "actors/normalize/pay_ranges.hpp"
#include "actors/normalize/range_join.hpp"
#include "actors/normalize/salary.hpp"
#include "actors/normalize/sentence_end.hpp"
#include "actors/text/folded_text.hpp"
#include "actors/text/phrase_scanner.hpp"

#include <algorithm>

namespace jobfarm::normalize {

namespace {

using text::folded_text;

constexpr std::size_t reach_before = 240;
constexpr std::size_t reach_after = 110;

/// Most texts have no more.
constexpr std::size_t usual_findings = 2;

struct text_part {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// Room that serves one line after another.
struct line_room {
  std::vector<money> amounts;
  pay_line_words words;
  pay_line_words heading_words;
};

/// A line of text with its amounts.
class pay_line {
public:
  pay_line(const folded_text& whole, text_part line, std::string_view country,
           bool needs_cue, line_room& room)
      : whole_(whole),
        line_(whole.original().substr(line.begin, line.end - line.begin)),
        begin_(line.begin),
        country_(country),
        needs_cue_(needs_cue),
        amounts_(room.amounts),
        ranges_(whole, line_, line.begin, amounts_),
        words_(room.words),
        heading_words_(room.heading_words) {
    find_money(line_, country, amounts_);
    if (std::all_of(amounts_.begin(), amounts_.end(),
                    [&](const money& one) { return is_count(one); }))
      amounts_.clear();
    drop_no_pay(line_, amounts_);
  }

  /// True for a line without a number that could be pay.
  bool is_empty() const {
    return amounts_.empty();
  }

  bool has_amounts() const {
    return std::any_of(amounts_.begin(), amounts_.end(), [](const money& one) {
      return one.has_mark || one.factor > 1;
    });
  }

  /// `heading` is the line above, if it is one.
  void read_below(text_part heading, std::vector<salary_finding>& out) {
    words_.turn_to(whole_, folded_at(0), folded_at(line_.size()));
    heading_words_.turn_to(whole_, whole_.to_folded(heading.begin),
                           whole_.to_folded(heading.end));
    ranges_.stand_below(
        whole_.original().substr(heading.begin, heading.end - heading.begin));
    auto first = out.size();
    for (std::size_t i = 0; i < amounts_.size(); ++i) {
      if (is_count(i) && is_count(i + 1) && is_count(i + 2))
        continue;
      auto last = ranges_.last_of(i);
      if (out.empty())
        out.reserve(usual_findings);
      auto& found = out.emplace_back();
      if (!find(i, last, found))
        out.pop_back();
      else
        join(out, first);
      i = last;
    }
  }

private:
  /// Joins the last finding to the one before it where that, of the line's
  /// from `first` on, lacks its upper bound.
  void join(std::vector<salary_finding>& out, std::size_t first) {
    const auto& found = out.back();
    paid_ = usd_a_year(found).value_or(paid_);
    if (out.size() < first + 2)
      return;
    auto& before = out[out.size() - 2];
    if (!completes(before, found))
      return;
    before.range.max = found.range.max;
    out.pop_back();
  }

  /// "Minimum: 50,000 ... Maximum: 70,000" is one range.
  static bool completes(const salary_finding& low, const salary_finding& high) {
    constexpr double widest = 5;
    return low.range.min && !low.range.max && !high.range.min && high.range.max
           && *low.range.min <= *high.range.max
           && *high.range.max <= *low.range.min * widest
           && low.range.currency == high.range.currency
           && low.range.period == high.range.period;
  }

  std::size_t folded_at(std::size_t at) const {
    return whole_.to_folded(begin_ + at);
  }

  /// A number, or none, that only running text beside it could make money, and
  /// where words are needed for that it is none.
  bool is_count(std::size_t i) const {
    return i >= amounts_.size() || is_count(amounts_[i]);
  }
  bool is_count(const money& one) const {
    return needs_cue_ && !one.has_mark && !one.has_groups && !(one.factor > 1)
           && !is_hourly(line_, one);
  }

  /// Counts between two amounts are neither's neighbours, up to so many.
  static constexpr std::size_t most_counts = 8;

  /// Where the amount before one ends in the folded text; 0 if there is none.
  std::size_t previous_end(std::size_t i) const {
    auto before = i;
    while (before > 0 && before + most_counts > i && is_count(before - 1))
      --before;
    return before > 0 ? folded_at(amounts_[before - 1].end) : 0;
  }

  /// Where the next sum of money begins behind one.
  std::optional<std::size_t> next_begin(std::size_t last) const {
    auto behind = last + 1;
    while (behind < amounts_.size() && behind <= last + most_counts
           && !amounts_[behind].has_mark && !(amounts_[behind].factor > 1))
      ++behind;
    if (behind >= amounts_.size())
      return std::nullopt;
    return folded_at(amounts_[behind].begin);
  }

  /// Makes `found` what amounts `i` to `last` are; false if they are no pay.
  bool find(std::size_t i, std::size_t last, salary_finding& found) {
    const auto& a = amounts_[i];
    const auto& b = amounts_[last];
    if ((is_bare(a, b, last > i, needs_cue_) && !is_hourly(line_, b)
         && (needs_cue_ || !is_rate_of_field(line_, b)))
        || !(b.amount > 0))
      return false;
    auto folded = whole_.folded();
    auto line_begin = folded_at(0);
    auto begin = folded_at(a.begin);
    auto end = folded_at(b.end);
    auto from =
        std::max(line_begin, begin > reach_before ? begin - reach_before : 0);
    while (from > line_begin && from < begin && folded[from - 1] != ' ')
      ++from;
    auto to = std::min(folded_at(line_.size()), end + reach_after);
    auto previous = previous_end(i);
    auto next = next_begin(last).value_or(to);
    currency_before_ = i > 0 ? amounts_[i - 1].currency : std::string_view{};
    last_end_ = i > 0 ? std::min(amounts_[i - 1].end, a.begin) : 0;
    pay_context context(whole_, from, to, begin - from, end - from,
                        previous > from ? previous - from : 0,
                        std::max(next, end) - from, words_, heading_words_);
    return judge(a, b, last > i, folded.substr(from, to - from), context,
                 found);
  }

  bool judge(const money& a, const money& b, bool is_range,
             std::string_view window, pay_context& context,
             salary_finding& found) const {
    if (!read_currency(a, b, is_range, window, context, found))
      return false;
    read_amounts(a, b, is_range, context, found.range);
    read_period(window, context, found);
    context.take_stipends(usd_a_year(found)
                              > 2 * least_unsaid_pay(found.range.currency)
                          && !is_hour_guessed(found));
    auto is_paid =
        needs_cue_ ? is_pay(found, {line_, amounts_, a.begin, is_range, paid_},
                            context)
                   : is_said_by_field(a, b, context);
    // "Access up to $750": for no time that anybody is paid for.
    auto is_timeless = needs_cue_ && !is_range && found.range.period.empty()
                       && !context.is_by_piece();
    if (!is_paid || is_timeless || context.is_trap())
      return false;
    if (context.is_net()) {
      found.rejected = "net pay";
      return true;
    }
    found.is_total = context.is_total();
    found.label = context.label();
    found.text = line_.substr(a.begin, b.end - a.begin);
    found.confidence = is_range ? 0.9 : 0.75;
    return true;
  }

  /// The dollar that the words between the amount before and this one name.
  std::string_view dollar_said_before(const money& one) const {
    return dollar_of_words(line_.substr(last_end_, one.begin - last_end_),
                           whole_, folded_at(last_end_), folded_at(one.begin));
  }

  bool read_currency(const money& a, const money& b, bool is_range,
                     std::string_view window, const pay_context& context,
                     salary_finding& found) const {
    auto currency = a.currency.empty() ? b.currency : a.currency;
    auto code = [&] { return code_behind(line_.substr(b.end)); };
    if (a.is_currency_inferred && is_dollar(currency)) {
      if (auto said = dollar_said_before(a); !said.empty())
        currency = said;
      if (auto behind = code(); is_dollar(behind))
        currency = behind;
    }
    if (a.is_currency_inferred && !b.currency.empty()
        && !b.is_currency_inferred)
      currency = b.currency;
    found.is_currency_inferred =
        a.currency.empty()
            ? b.is_currency_inferred
            : a.is_currency_inferred
                  && (b.is_currency_inferred || b.currency.empty());
    // "OTE £60k (50k base)".
    if (currency.empty() && context.is_named_behind())
      currency = currency_before_;
    if (currency.empty()) {
      currency = code();
      found.is_currency_inferred = currency.empty();
      if (currency.empty())
        currency = currency_of_words(line_, window, country_);
      if (currency.empty() && (a.has_mark || b.has_mark))
        currency = crown_of_words(window);
      auto is_surely_money = a.has_groups || a.factor > 1 || b.has_groups
                             || b.factor > 1 || is_range || is_hourly(line_, b)
                             || (!needs_cue_ && is_plain_field(line_, b));
      auto is_said =
          !needs_cue_
          || (context.is_labelled() && (is_range || !context.counts_things()));
      if (currency.empty() && is_said && is_surely_money)
        currency = currency_of_country(country_);
      if (currency.empty() && (needs_cue_ || !is_surely_money))
        return false;
    }
    found.range.currency = currency;
    return true;
  }

  /// A salary field may hold "25 - 35", but "Level 5 - 6" and "4 - 6 years" are
  /// no pay.
  bool is_said_by_field(const money& a, const money& b,
                        const pay_context& context) const {
    constexpr double count = 1000;
    if (a.has_mark || b.has_mark || b.factor > 1 || b.amount >= count)
      return true;
    return context.has_cue(true) || context.states_rate()
           || !has_letters(line_);
  }

  static void read_amounts(const money& a, const money& b, bool is_range,
                           const pay_context& context, pay_range& range) {
    auto [low, high] =
        is_range ? bounds_of(a, b) : std::pair{a.amount, b.amount};
    range.min = low;
    range.max = high;
    // "$0 - $65,000".
    if (!(low > 0))
      range.min.reset();
    if (is_range)
      return;
    if (context.is_ceiling())
      range.min.reset();
    else if (context.is_floor())
      range.max.reset();
  }

  void read_period(std::string_view window, const pay_context& context,
                   salary_finding& found) const {
    auto& range = found.range;
    range.period = context.period();
    // "kr./md" is the Danish month, "PLN/MD" the Polish man-day.
    if (range.period == "day" && range.currency == "DKK"
        && window.find("md") != window.npos)
      range.period = "month";
    auto amount = range.min ? *range.min : *range.max;
    use_known_period(range);
    if (!range.period.empty() || context.is_by_piece())
      return;
    found.is_period_inferred = true;
    // Chinese ads write a month's pay without its period.
    if (range.currency == "CNY" && window.find("薪") != window.npos
        && amount < 100'000)
      range.period = "month";
    else
      range.period = customary_period(amount, range.currency);
  }

  const folded_text& whole_;
  std::string_view line_;
  std::size_t begin_;
  std::string_view country_;
  bool needs_cue_;
  std::vector<money>& amounts_;
  pay_ranges ranges_;
  /// What was last found to be pay in this line, in US dollars a year; 0 for
  /// nothing.
  double paid_ = 0;
  /// Where the amount before the one that is read ends.
  std::size_t last_end_ = 0;
  /// Its currency.
  std::string_view currency_before_;
  pay_line_words& words_;
  pay_line_words& heading_words_;
};

/// The line that position `at` is in and that begins at `begin`; of a very long
/// one, which is read as several, the piece.
text_part line_around(std::string_view text, std::size_t begin,
                      std::size_t at) {
  auto end = line_end(text, begin);
  while (end <= at) {
    begin = behind_line(text, end);
    end = line_end(text, begin);
  }
  return {begin, end};
}

/// What may be the heading of the lines behind it.
text_part heading_of(text_part line) {
  constexpr std::size_t longest = 120;
  return line.end - line.begin <= longest ? line : text_part{};
}

/// The heading that the last line between two line ends is; `known` if there
/// are only line ends.
text_part last_heading(std::string_view text, std::size_t from, std::size_t to,
                       text_part known) {
  while (to > from && text[to - 1] == '\n')
    --to;
  if (to == from)
    return known;
  return heading_of(line_around(text, line_begin(text, from, to), to - 1));
}

} // namespace

std::vector<salary_finding> salaries_in_text(const folded_text& text,
                                             std::string_view country,
                                             bool needs_cue) {
  thread_local line_room room;
  std::vector<salary_finding> found;
  text_part heading;
  auto original = text.original();
  std::size_t at = 0;
  for (auto figure = text.next_digit(0); figure != original.npos;
       figure = text.next_digit(at)) {
    auto begin = line_begin(original, at, figure);
    auto line = line_around(original, begin, figure);
    pay_line one(text, line, country, needs_cue, room);
    if (!one.is_empty()) {
      heading = line.begin > begin ? text_part{}
                                   : last_heading(original, at, begin, heading);
      one.read_below(heading, found);
    }
    if (!one.has_amounts())
      heading = heading_of(line);
    at = behind_line(original, line.end);
  }
  return found;
}

} // namespace jobfarm::normalize
