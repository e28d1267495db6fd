#include "actors/normalize/work_mode.hpp"
#include "actors/normalize/work_mode_context.hpp"
#include "actors/normalize/work_mode_cues.hpp"
#include "actors/normalize/work_mode_place.hpp"
#include "actors/normalize/work_mode_week.hpp"
#include "actors/text/folded_text.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace jobfarm::normalize {

namespace {

using c = place_cue;

/// Reads the statements of one description.
class mode_reader {
public:
  explicit mode_reader(const text::folded_text& text)
      : text_(text.folded()), week_(text_, hits_) {
    const auto& table = cue_table();
    hits_.reserve(16);
    table.scanner().scan(text, [&](const text::phrase_hit& one) {
      hits_.push_back({table.kind(one), one.begin, one.end});
    });
  }

  work_mode read() {
    // Nothing takes hybrid back.
    for (const auto& one : hits_) {
      read_statement(one);
      if (stated_[index(work_mode::hybrid)])
        return work_mode::hybrid;
    }
    auto is_remote = stated_[index(work_mode::remote)];
    auto is_onsite = stated_[index(work_mode::onsite)];
    if (!is_remote && !is_onsite)
      return where_one_works();
    if (is_remote == is_onsite)
      return work_mode::unknown;
    return is_remote ? work_mode::remote : work_mode::onsite;
  }

private:
  static std::size_t index(work_mode mode) {
    return static_cast<std::size_t>(mode);
  }
  /// Unknown states nothing.
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
      case c::onsite_word: return read_onsite_word(one);
      case c::remote_abroad:
        if (one.end <= remote_until_)
          return;
        return read_word_abroad(work_mode::remote, one);
      case c::onsite_abroad: return read_word_abroad(work_mode::onsite, one);
      case c::refused:
      case c::unwanted:
      case c::not_given: return;
      case c::hybrid_line: return read_line(work_mode::hybrid, one);
      case c::every_day: return state(week_.read_every_day(one));
      case c::home_possible: return read_possible(one);
      case c::no_remote:
        remote_until_ = std::max(remote_until_, one.end);
        return state(work_mode::onsite);
      case c::label: return read_label(one.end);
      case c::days: return state(week_.read_days(one));
      case c::part_of_week: return state(week_.read_part_of_week(one));
      case c::mixture: return state(week_.read_mixture(one));
      case c::home: return read_home(one);
      case c::workplace: return;
      case c::office:
        return state_unless_known([&] { return week_.read_share(one); });
    }
  }

  void state_if_meant(work_mode mode, const cue_hit& one) {
    if (stated_[index(mode)])
      return;
    auto before = words_before(text_, one.begin);
    auto after = words_behind(text_, one.end);
    auto is_home = mode == work_mode::onsite && ends_with(before, "home ");
    if (is_home || is_other_matter_behind(after))
      return;
    auto is_other = is_other_matter_before(before);
    if (is_other && mode != work_mode::remote)
      return;
    auto is_back = is_negated(before, after);
    if (mode == work_mode::remote
        && (is_refused(before, is_back, text_, one.end)
            || is_refused_nearby(one)))
      return state(work_mode::onsite);
    if (mode == work_mode::hybrid && is_back
        && (is_refused(before, is_back, text_, one.end)
            || is_refused_behind(one)))
      return state(work_mode::onsite);
    if (mode == work_mode::remote && ends_with(before, "partial "))
      return state(work_mode::hybrid);
    if (!is_back && !is_other)
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
        || is_a_sentence(text_, one.begin, one.end)
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
    if (is_refused_behind(one) || is_unwanted(one))
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
    constexpr std::size_t reach = 50;
    if (normalize::is_refused_behind(text_, one.end))
      return true;
    auto last = hits_.data() + hits_.size();
    for (auto next = &one + 1; next < last && next->begin < one.end + reach;
         ++next)
      if (next->kind == c::refused && next->begin >= one.end
          && (is_filler(text_.substr(one.end, next->begin - one.end))
              || (is_verb_last(*next)
                  && is_within_sentence(one.end, next->begin))))
        return true;
    return false;
  }

  /// German refuses at the end of its sentences: "Homeoffice können wir leider
  /// nicht anbieten".
  bool is_verb_last(const cue_hit& refusal) const {
    return text_.substr(refusal.begin, 6) == "nicht ";
  }

  bool is_within_sentence(std::size_t from, std::size_t to) const {
    auto gap = text_.substr(from, to - from);
    return std::none_of(gap.begin(), gap.end(), [](char mark) {
      return is_sentence_mark(mark) || mark == ';' || mark == ',';
    });
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

  /// "Homeoffice ist nicht möglich".
  void read_home(const cue_hit& place) {
    auto behind = text_.substr(place.end, 2);
    auto is_asked =
        behind == " :" || starts(behind, ":") || starts(behind, "?");
    auto is_no = !stated_[index(work_mode::onsite)]
                 && (is_asked ? answer_behind(text_, place.end) == answer::no
                              : is_home_refused(place));
    if (is_no)
      return state(work_mode::onsite);
    state_unless_known([&] { return week_.read_share(place); });
    state_unless_known([&] { return week_.read_neighbours(place); });
  }

  bool is_home_refused(const cue_hit& place) const {
    if (is_refused_behind(place) || is_unwanted(place))
      return true;
    constexpr std::size_t reach = 50;
    // Else read as a word for the job.
    if (starts(text_.substr(place.begin), "remote")) {
      auto from = place.begin - std::min(place.begin, reach);
      auto near = text_.substr(from, place.begin - from);
      return is_refused(near, false, text_, place.end)
             && ends_a_phrase(text_.substr(place.end));
    }
    auto before = words_before(text_, place.begin, reach);
    if (!has(before, "no") && !has(before, "n't"))
      return false;
    return !is_other_matter_behind(words_behind(text_, place.end))
           && is_refused(before, is_negated(before, {}), text_, place.end);
  }

  /// "Please do not apply if you want to work from home".
  bool is_unwanted(const cue_hit& place) const {
    constexpr std::size_t reach = 70;
    for (auto before = &place; before != hits_.data();) {
      if (--before; before->begin + reach < place.begin)
        break;
      if (before->kind == c::unwanted && before->end <= place.begin
          && is_within_sentence(before->end, place.begin))
        return true;
    }
    return false;
  }

  /// Reads what may be hybrid unless that is known already.
  template <class Read>
  void state_unless_known(Read read) {
    if (!stated_[index(work_mode::hybrid)])
      state(read());
  }

  /// Only where no mode is stated: "you will work from our Berlin office".
  work_mode where_one_works() const {
    for (const auto& one : hits_) {
      auto is_there = one.kind == c::office || one.kind == c::workplace;
      if (is_there && is_where_one_works(text_, one.begin, one.end))
        return work_mode::onsite;
      if (one.kind == c::home && starts(text_.substr(one.begin), "home")
          && is_where_home_works(text_, one.begin, one.end))
        return work_mode::remote;
    }
    return work_mode::unknown;
  }

  /// "On-site work is a must".
  void read_onsite_word(const cue_hit& one) {
    if (is_demanded_behind(text_, one.end)
        || is_demanded_before(text_, one.begin, one.end))
      return state_if_meant(work_mode::onsite, one);
    read_word(work_mode::onsite, one);
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
    else if (starts(value, " anywhere") || starts(value, " your home"))
      state(work_mode::remote);
  }

  std::string_view text_;
  cue_hits hits_;
  week_reader week_;
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
