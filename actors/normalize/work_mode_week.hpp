#pragma once

#include "actors/normalize/work_mode_cues.hpp"
#include "messages/posting.hpp"

#include <optional>
#include <string_view>

namespace jobfarm::normalize {

/// Reads how much of a week is worked at home or in the office, and what is
/// said of both at once. Borrows the folded text and its cues. Each reader
/// gives unknown where a cue states nothing.
class week_reader {
public:
  week_reader(std::string_view text, const cue_hits& hits)
      : text_(text), hits_(hits) {
  }

  /// "3 days a week in the office": less than a week there, or at home, is
  /// hybrid; all of it is one or the other.
  work_mode read_days(const cue_hit& days) const;

  /// "In the office Tuesday to Thursday". Weeks are named by their ends.
  work_mode read_part_of_week(const cue_hit& day) const;

  /// "You are in the office every day", but not what is eaten there, and not
  /// what is done in "the office" or "remote" as a thing.
  work_mode read_every_day(const cue_hit& day) const;

  /// "60 % Homeoffice", "100 % in our office".
  work_mode read_share(const cue_hit& place) const;

  /// "A mix of home and office".
  work_mode read_mixture(const cue_hit& mixture) const;

  /// "From home or in the office": home with an office right beside it.
  work_mode read_neighbours(const cue_hit& home) const;

private:
  const cue_hit* nearest_place(const cue_hit& days) const;
  bool is_place(const cue_hit& one) const;
  bool has_percents() const;

  std::string_view text_;
  const cue_hits& hits_;
  /// Most texts are never asked.
  mutable std::optional<bool> has_percents_;
};

} // namespace jobfarm::normalize
