#include "actors/normalize/work_mode.hpp"
#include "actors/normalize/work_mode_context.hpp"
#include "actors/text/folded_text.hpp"
#include "actors/text/phrase_table.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <string>
#include <vector>

namespace jobfarm::normalize {

namespace {

/// What a phrase says of the place of work.
enum class place_cue {
  hybrid, ///< states it by itself
  remote,
  onsite,
  hybrid_word, ///< states it with a word for the job, or as all of a line
  remote_word,
  onsite_word,
  remote_abroad, ///< states it beside a word for work in its language
  onsite_abroad,
  refused,       ///< "nicht möglich": right behind a word for remote
  not_given,     ///< "no se ofrece": shortly before one
  hybrid_line,   ///< states it as all of a line only: clouds are hybrid too
  home_possible, ///< home is allowed: some of it, if not all is said
  no_remote,     ///< states that it is not remote
  label,         ///< "work location:": what follows on the line is the mode
  home,          ///< a word for home, to be read with a number of days
  office,        ///< the same for the office
  part_of_week,  ///< "Tuesday", "twice a week": near a place, not all of it
  every_day,     ///< near a place: all of the week
  days
};

using c = place_cue;

/// Folded; in the main languages of job sites.
constexpr text::phrase_group<place_cue> cues[] = {
#include "actors/normalize/data/work_mode_cues.inc"
};

struct cue_hit {
  place_cue kind;
  std::size_t begin;
  std::size_t end;
};

const text::phrase_table<place_cue>& cue_table() {
  static const text::phrase_table<place_cue> made(cues, hyphens);
  return made;
}

/// Reads the statements of one description.
class mode_reader {
public:
  explicit mode_reader(const text::folded_text& text)
      : text_(text.folded()),
        has_percents_(text_.find('%') != std::string_view::npos) {
    const auto& table = cue_table();
    table.scanner().scan(text, [&](const text::phrase_hit& one) {
      hits_.push_back({table.kind(one), one.begin, one.end});
    });
  }

  work_mode read() {
    for (const auto& one : hits_)
      read_statement(one);
    if (stated_[index(work_mode::hybrid)])
      return work_mode::hybrid;
    auto is_remote = stated_[index(work_mode::remote)];
    auto is_onsite = stated_[index(work_mode::onsite)];
    if (is_remote == is_onsite)
      return work_mode::unknown;
    return is_remote ? work_mode::remote : work_mode::onsite;
  }

private:
  static std::size_t index(work_mode mode) {
    return static_cast<std::size_t>(mode);
  }
  void state(work_mode mode) {
    stated_[index(mode)] = true;
  }

  void read_statement(const cue_hit& one) {
    switch (one.kind) {
      case c::hybrid: return state_if_meant(work_mode::hybrid, one);
      case c::remote: return read_remote(one);
      case c::onsite: return state_if_meant(work_mode::onsite, one);
      case c::hybrid_word: return read_word(work_mode::hybrid, one);
      case c::remote_word: return read_remote_word(one);
      case c::onsite_word: return read_word(work_mode::onsite, one);
      case c::remote_abroad:
        if (one.end <= remote_until_)
          return;
        return read_word_abroad(work_mode::remote, one);
      case c::onsite_abroad: return read_word_abroad(work_mode::onsite, one);
      case c::refused:
      case c::not_given: return;
      case c::hybrid_line: return read_line(work_mode::hybrid, one);
      case c::every_day: return read_every_day(one);
      case c::home_possible: return read_possible(one);
      case c::no_remote:
        remote_until_ = std::max(remote_until_, one.end);
        return state(work_mode::onsite);
      case c::label: return read_label(one.end);
      case c::days: return read_days(one);
      case c::part_of_week: return read_part_of_week(one);
      case c::home: return read_home(one);
      case c::office: return read_share(one);
    }
  }

  void state_if_meant(work_mode mode, const cue_hit& one) {
    if (stated_[index(mode)])
      return;
    auto before = words_before(text_, one.begin);
    auto after = words_behind(text_, one.end);
    auto is_home = mode == work_mode::onsite && ends_with(before, "home ");
    if (is_home || is_other_matter(before, after))
      return;
    auto is_back = is_negated(before, after);
    if (mode == work_mode::remote
        && (is_refused(before, is_back, text_, one.end)
            || is_refused_nearby(one)))
      return state(work_mode::onsite);
    if (!is_back)
      state(mode);
  }

  /// "Remote" alone names many things: "an on-site, full-time role" and the
  /// line "Job type: full-time, remote" are about the job.
  void read_word(work_mode mode, const cue_hit& one) {
    if (stated_[index(mode)])
      return;
    auto said = answer_behind(text_, one.end);
    if (said == answer::no && mode != work_mode::remote)
      return;
    if (said != answer::none || is_a_line(text_, one.begin, one.end)
        || is_of_a_job(text_, one.begin, one.end))
      state_if_meant(mode, one);
  }

  void read_word_abroad(work_mode mode, const cue_hit& one) {
    if (!stated_[index(mode)] && names_work_abroad(text_, one.begin))
      return state_if_meant(mode, one);
    read_word(mode, one);
  }

  /// "Homeoffice ist leider nicht möglich", "nie oferujemy pracy zdalnej".
  bool is_refused_nearby(const cue_hit& one) const {
    constexpr std::size_t reach = 30;
    if (is_refused_behind(one))
      return true;
    for (auto before = &one; before != hits_.data();) {
      if (--before; before->begin + 2 * reach < one.begin)
        break;
      if ((before->kind == c::not_given || before->kind == c::refused)
          && before->end <= one.begin && one.begin - before->end < reach / 2
          && is_within_sentence(before->end, one.begin))
        return true;
    }
    return false;
  }

  bool is_refused_behind(const cue_hit& one) const {
    constexpr std::size_t reach = 30;
    if (normalize::is_refused_behind(text_, one.end))
      return true;
    auto last = hits_.data() + hits_.size();
    for (auto next = &one + 1; next < last && next->begin < one.end + reach;
         ++next)
      if (next->kind == c::refused && next->begin >= one.end
          && is_filler(text_.substr(one.end, next->begin - one.end)))
        return true;
    return false;
  }

  bool is_within_sentence(std::size_t from, std::size_t to) const {
    return text_.substr(from, to - from).find_first_of(".!?\n;,") == text_.npos;
  }

  /// "Homeoffice möglich", but not "100 % Homeoffice möglich".
  void read_possible(const cue_hit& one) {
    auto before = words_before(text_, one.begin);
    for (std::string_view all : {"100", "voll", "komplett", "integral"})
      if (has(before, all))
        return state_if_meant(work_mode::remote, one);
    state_if_meant(work_mode::hybrid, one);
  }

  /// Words of a phrase that was read say no more: "applications from remote"
  /// before "remote candidates".
  void read_remote(const cue_hit& one) {
    auto is_read =
        one.begin < remote_until_ && stated_[index(work_mode::onsite)];
    remote_until_ = std::max(remote_until_, one.end);
    if (!is_read)
      state_if_meant(work_mode::remote, one);
  }

  /// The last word of "trabajo remoto" says no more than the phrase.
  void read_remote_word(const cue_hit& one) {
    if (one.end > remote_until_)
      read_word(work_mode::remote, one);
  }

  void read_line(work_mode mode, const cue_hit& one) {
    if (is_a_line(text_, one.begin, one.end))
      state_if_meant(mode, one);
  }

  /// "You are in the office every day", but not what is eaten there, and not
  /// what is done in "the office" or "remote" as a thing.
  void read_every_day(const cue_hit& day) {
    auto place = nearest_place(day);
    if (place == nullptr || place->kind != c::office || is_thing(*place))
      return;
    auto before = words_before(text_, std::min(day.begin, place->begin));
    for (std::string_view food :
         {"lunch", "breakfast", "fruit", "coffee", "snack", "frukost", "obst",
          "fruta", "frutta", "drink", "meal"})
      if (has(before, food))
        return;
    state(work_mode::onsite);
  }

  /// "Office", "our office": no place to be in, as "in the office" is.
  bool is_thing(const cue_hit& place) const {
    auto word = text_.substr(place.begin, place.end - place.begin);
    auto is_latin = static_cast<unsigned char>(word.front()) < 0x80;
    return word == "our office"
           || (is_latin && word.find(' ') == word.npos && word != "onsite");
  }

  /// "Homeoffice ist nicht möglich".
  void read_home(const cue_hit& place) {
    auto behind = text_.substr(place.end, 2);
    auto is_asked =
        behind == " :" || starts(behind, ":") || starts(behind, "?");
    auto is_refused =
        !stated_[index(work_mode::onsite)]
        && (is_asked ? answer_behind(text_, place.end) == answer::no
                     : starts(behind, " ") && is_refused_behind(place));
    if (is_refused)
      return state(work_mode::onsite);
    read_share(place);
  }

  /// "60 % Homeoffice", "in the office 40% of the time".
  void read_share(const cue_hit& place) {
    if (!has_percents_ || stated_[index(work_mode::hybrid)])
      return;
    auto share = percent_near(text_, place.begin, place.end);
    if (share > 0 && share < 100)
      return state(work_mode::hybrid);
    constexpr std::size_t reach = 9; // "100 % im ", " a 100 %"
    auto from = place.begin > reach ? place.begin - reach : 0;
    auto until = place.end + reach;
    if (share == 100 && place.kind == c::home
        && has(text_.substr(from, until - from), "100"))
      state_if_meant(work_mode::remote, place);
  }

  /// Only a short value: a mode alone, or with its place or days.
  void read_label(std::size_t at) {
    constexpr std::size_t longest = 40;
    auto value = text_.substr(at, longest);
    value = value.substr(0, value.find_first_of("\n.;|"));
    auto mode = mode_of_label(value);
    auto names_office_only = mode == work_mode::onsite && has(value, "office")
                             && !has(spaced(value), "in office");
    if (mode != work_mode::unknown && !names_office_only)
      state(mode);
    else if (starts(value, " anywhere"))
      state(work_mode::remote);
  }

  /// "3 days a week in the office": less than a week there, or at home, is
  /// hybrid; all of it is one or the other.
  void read_days(const cue_hit& days) {
    constexpr int week = 5;
    auto count = days_before(text_, days.begin);
    constexpr int month = 20;
    auto longest = is_per_month(text_, days.end) ? month : week;
    if (count < 1 || count > longest)
      return;
    auto place = nearest_place(days);
    if (place == nullptr)
      return;
    if (count < longest)
      state(work_mode::hybrid);
    else
      state(place->kind == c::office ? work_mode::onsite : work_mode::remote);
  }

  /// "In the office Tuesday to Thursday". Weeks are named by their ends.
  void read_part_of_week(const cue_hit& day) {
    auto place = nearest_place(day);
    if (place == nullptr)
      return;
    auto first = std::min(day.begin, place->begin);
    auto last = std::max(day.end, place->end);
    auto before = words_before(text_, first);
    auto within = spaced(text_.substr(first, last - first));
    auto after = words_behind(text_, last);
    if (names_whole_week(before) || names_whole_week(within)
        || names_whole_week(after))
      return;
    state(work_mode::hybrid);
  }

  /// The word for home or office nearest to a number of days, with nothing
  /// but a few words between them.
  const cue_hit* nearest_place(const cue_hit& days) const {
    constexpr std::size_t reach = 36;
    const cue_hit* nearest = nullptr;
    auto least = reach + 1;
    constexpr std::size_t longest_word = 40;
    auto first = days.begin > reach + longest_word
                     ? days.begin - reach - longest_word
                     : 0;
    auto next = std::lower_bound(
        hits_.begin(), hits_.end(), first,
        [](const cue_hit& one, std::size_t at) { return one.begin < at; });
    for (; next != hits_.end() && next->begin < days.end + reach; ++next) {
      const auto& one = *next;
      if (one.kind != c::home && one.kind != c::office)
        continue;
      auto from = std::min(one.end, days.end);
      auto to = std::max(one.begin, days.begin);
      auto gap = to > from ? text_.substr(from, to - from) : std::string_view{};
      auto is_apart = gap.find_first_of(".!?\n;") != gap.npos;
      if (is_apart || gap.size() >= least || is_leave(text_, days.end, one.begin, one.end, gap))
        continue;
      nearest = &one;
      least = gap.size();
    }
    return nearest;
  }

  std::string_view text_;
  bool has_percents_;
  std::vector<cue_hit> hits_;
  std::array<bool, 4> stated_{};
  std::size_t remote_until_ = 0; ///< end of the last phrase of remote
};

} // namespace

const text::phrase_scanner& work_mode_phrases() {
  return cue_table().scanner();
}

work_mode mode_in_description(const text::folded_text& description) {
  return mode_reader(description).read();
}

work_mode mode_in_description(std::string_view description) {
  return mode_in_description(text::folded_text{description});
}

} // namespace jobfarm::normalize
