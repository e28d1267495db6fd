#include "actors/normalize/work_mode_week.hpp"

#include "actors/normalize/word_list.hpp"
#include "actors/normalize/work_mode_context.hpp"
#include "actors/normalize/work_mode_place.hpp"

#include <algorithm>

namespace jobfarm::normalize {

namespace {

using c = place_cue;

bool is_there(const cue_hit& one) {
  return one.kind == c::office || one.kind == c::workplace
         || one.kind == c::onsite_word;
}

/// What is served or brought to the office, and who comes there.
bool is_treat(std::string_view before) {
  static constexpr listed_word treats[] = {
      "lunch",   "breakfast", "fruit",     "coffee", "snack",
      "frukost", "obst",      "fruta",     "frutta", "drink",
      "meal",    "bring ",    "customers", "clients"};
  return has_one(before, treats);
}

/// What ends a sentence, or a part of one that stands for itself.
bool is_apart(std::string_view gap) {
  return std::any_of(gap.begin(), gap.end(), [](char mark) {
    return is_sentence_mark(mark) || mark == ';';
  });
}

/// "And in the", "or at": nothing else stands between home and the office.
bool is_joint(std::string_view gap) {
  auto has_joiner = false;
  for (auto word = next_word(gap); !word.empty(); word = next_word(gap)) {
    if (is_one_of(word, "and|or|&|and/or|und|oder|et|ou|y|och|og"))
      has_joiner = true;
    else if (!is_one_of(word, "in|at|from|the|our|im|von|au|en|la|w|no"))
      return false;
  }
  return has_joiner;
}

/// "Remote and onsite teams" are others.
bool is_of_others(std::string_view text, std::size_t end) {
  return !ends_a_phrase(text.substr(end))
         || is_other_matter_behind(words_behind(text, end));
}

/// "At home", "and home", but no "home care".
bool is_at_home(std::string_view text, const cue_hit& one) {
  auto word = text.substr(one.begin, one.end - one.begin);
  if (one.kind != c::home || word != "home")
    return true;
  constexpr std::size_t reach = 12;
  auto from = one.begin > reach ? one.begin - reach : 0;
  auto before = text.substr(from, one.begin - from);
  return is_one_of(last_word(before), "from|at|and|or|to|your|between|of|work|"
                                      "work-from|working-from");
}

/// The "office" of an "office dog".
bool is_part_of_a_name(std::string_view text, const cue_hit& one) {
  return one.kind == c::office
         && is_one_of(text.substr(one.begin, one.end - one.begin),
                      "office|our office")
         && !ends_a_phrase(text.substr(one.end));
}

/// "Visit customers at home and in the office".
bool is_with_others(std::string_view text, std::size_t begin) {
  auto before = words_before(text, begin);
  static constexpr listed_word others[] = {
      "visit",   "customer", "client",    "patient",  "famil", "people ",
      "care ",   "manag",    "lead",      "workshop", "event", "training",
      "session", "meeting",  "interview", "class",    "course"};
  return has_one(before, others);
}

} // namespace

bool week_reader::is_place(const cue_hit& one) const {
  auto word = text_.substr(one.begin, one.end - one.begin);
  auto is_thing =
      one.kind == c::workplace
      || is_one_of(word, "office|our office|hub|hubs|hq|headquarters|oficina|"
                         "escritorio|kantoor|kancelari|biura|ofis");
  return !is_thing
         || (leads_to_place(text_, one.begin)
             && ends_a_phrase(text_.substr(one.end)));
}

work_mode week_reader::read_every_day(const cue_hit& day) const {
  auto place = nearest_place(day);
  if (place == nullptr || !is_there(*place) || !is_place(*place))
    return work_mode::unknown;
  auto before = words_before(text_, std::min(day.begin, place->begin));
  return is_treat(before) ? work_mode::unknown : work_mode::onsite;
}

bool week_reader::has_percents() const {
  if (!has_percents_)
    has_percents_ = text_.find('%') != text_.npos;
  return *has_percents_;
}

work_mode week_reader::read_share(const cue_hit& place) const {
  if (!has_percents())
    return work_mode::unknown;
  auto share = percent_near(text_, place.begin, place.end);
  if (share > 0 && share < 100)
    return work_mode::hybrid;
  constexpr std::size_t reach = 9; // "100 % im ", " a 100 %"
  auto from = place.begin > reach ? place.begin - reach : 0;
  auto until = place.end + reach;
  if (share != 100)
    return work_mode::unknown;
  if (place.kind == c::home && has(text_.substr(from, until - from), "100"))
    return work_mode::remote;
  return place.kind == c::office && leads_to_place(text_, place.begin)
             ? work_mode::onsite
             : work_mode::unknown;
}

work_mode week_reader::read_days(const cue_hit& days) const {
  constexpr int week = 5;
  constexpr int month = 20;
  auto count = days_before(text_, days.begin);
  if (count < 1)
    return work_mode::unknown;
  auto place = nearest_place(days);
  if (place == nullptr)
    return work_mode::unknown;
  auto longest = is_per_month(text_, days.end) ? month : week;
  if (count > longest || is_per_season(text_, days.end))
    return work_mode::unknown;
  auto is_whole = count == longest;
  if (place->kind == c::workplace && !is_whole)
    return work_mode::unknown;
  if (!is_whole)
    return work_mode::hybrid;
  return is_there(*place) ? work_mode::onsite : work_mode::remote;
}

work_mode week_reader::read_part_of_week(const cue_hit& day) const {
  auto place = nearest_place(day);
  if (place == nullptr || place->kind == c::workplace)
    return work_mode::unknown;
  auto first = std::min(day.begin, place->begin);
  auto last = std::max(day.end, place->end);
  auto before = words_before(text_, first);
  auto within = spaced(text_.substr(first, last - first));
  auto after = words_behind(text_, last);
  if (is_treat(before) || names_whole_week(before) || names_whole_week(within)
      || names_whole_week(after))
    return work_mode::unknown;
  return work_mode::hybrid;
}

work_mode week_reader::read_mixture(const cue_hit& mixture) const {
  constexpr std::size_t reach = 70;
  const cue_hit* home = nullptr;
  const cue_hit* there = nullptr;
  for (auto next = &mixture + 1; next < hits_.data() + hits_.size(); ++next) {
    if (next->begin > mixture.end + reach
        || is_apart(text_.substr(mixture.end, next->end - mixture.end)))
      break;
    if (next->kind == c::home && is_at_home(text_, *next))
      home = next;
    else if (is_there(*next) && next->kind != c::workplace)
      there = next;
  }
  if (home == nullptr || there == nullptr)
    return work_mode::unknown;
  return is_of_others(text_, std::max(home->end, there->end))
             ? work_mode::unknown
             : work_mode::hybrid;
}

work_mode week_reader::read_neighbours(const cue_hit& home) const {
  constexpr std::size_t reach = 20;
  if (!is_at_home(text_, home))
    return work_mode::unknown;
  auto beside = [&](const cue_hit& one) {
    if (!is_there(one) || one.kind == c::workplace)
      return false;
    auto from = std::min(one.end, home.end);
    auto to = std::max(one.begin, home.begin);
    return to > from && to - from <= reach
           && is_joint(text_.substr(from, to - from))
           && !is_with_others(text_, std::min(one.begin, home.begin))
           && !is_of_others(text_, std::max(one.end, home.end));
  };
  for (auto last = &home; last != hits_.data();)
    if (--last; last->end + 2 * reach < home.begin)
      break;
    else if (beside(*last))
      return work_mode::hybrid;
  for (auto next = &home + 1;
       next < hits_.data() + hits_.size() && next->begin <= home.end + reach;
       ++next)
    if (beside(*next))
      return work_mode::hybrid;
  return work_mode::unknown;
}

/// The word for home or office nearest to a number of days, with nothing
/// but a few words between them.
const cue_hit* week_reader::nearest_place(const cue_hit& days) const {
  constexpr std::size_t reach = 36;
  const cue_hit* nearest = nullptr;
  auto least = reach + 1;
  constexpr std::size_t longest_word = 40;
  auto first =
      days.begin > reach + longest_word ? days.begin - reach - longest_word : 0;
  auto next = std::lower_bound(
      hits_.begin(), hits_.end(), first,
      [](const cue_hit& one, std::size_t at) { return one.begin < at; });
  for (; next != hits_.end() && next->begin < days.end + reach; ++next) {
    const auto& one = *next;
    if (one.kind != c::home && one.kind != c::office
        && one.kind != c::workplace)
      continue;
    auto from = std::min(one.end, days.end);
    auto to = std::max(one.begin, days.begin);
    auto gap = to > from ? text_.substr(from, to - from) : std::string_view{};
    if (is_apart(gap) || gap.size() >= least || !is_at_home(text_, one)
        || is_part_of_a_name(text_, one)
        || is_leave(text_, days.end, one.begin, one.end, gap))
      continue;
    nearest = &one;
    least = gap.size();
  }
  return nearest;
}

} // namespace jobfarm::normalize
