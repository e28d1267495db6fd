#pragma once

#include "messages/query.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Made-up jobs, endless and the same for the same seed.
namespace jobfarm::simulator_world {

/// A place as boards write it, with what it really is.
struct spot {
  std::string_view display;
  std::string_view city;
  std::string_view country;
  std::string_view currency;
};

/// A job as it really is. Everything follows from the seed and its number.
struct job {
  std::string title;
  std::string seniority;
  std::string company;
  spot place;
  std::string remote; ///< remote, hybrid or onsite
  std::string employment_type;
  std::optional<std::int64_t> salary_min;
  std::optional<std::int64_t> salary_max;
  std::string salary_period;
  /// Days before the simulator's "today".
  int age_days = 0;
  /// HTML.
  std::string description;
  /// What the description says of pay, empty if nothing.
  std::string salary_text;
};

/// One posting of a job on a board.
struct posting {
  std::uint64_t number = 0;
  std::uint64_t job_number = 0;
  std::string source_id;
};

/// A board and the postings it shows.
struct board_plan {
  jobfarm::board board;
  std::uint64_t first = 0;
  std::uint64_t count = 0;
};

/// The whole: boards of all eleven sources with `postings` postings in all, at
/// most `career_pages` of them on pages of their own.
class world {
public:
  world(std::uint64_t seed, std::uint64_t postings,
        std::uint64_t career_pages = 500);

  const std::vector<board_plan>& boards() const noexcept {
    return boards_;
  }
  /// The board of a source by its token; null if there is none.
  const board_plan* find(std::string_view source, std::string_view token) const;

  /// The `index`-th posting of a board.
  posting posting_at(const board_plan& on, std::uint64_t index) const;

  /// The job as this posting tells it; copies may be reworded.
  job job_of(const posting& one) const;

  /// The board and posting whose job this one copies, if it is a copy.
  std::optional<std::uint64_t> original_of(const board_plan& on,
                                           std::uint64_t index) const;
  /// The board that holds posting `number`.
  const board_plan& board_of(std::uint64_t number) const;

private:
  void reword(const posting& one, job& copy) const;
  void add_boards(std::string_view source, std::uint64_t postings,
                  std::uint64_t size);

  std::uint64_t seed_;
  std::vector<board_plan> boards_;
  /// Postings on boards that show only jobs of their own.
  std::uint64_t originals_ = 0;
};

/// A source that shows copies of other boards' jobs besides its own.
bool is_aggregator(std::string_view source);

} // namespace jobfarm::simulator_world
