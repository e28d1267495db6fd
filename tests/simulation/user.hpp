#pragma once

#include "messages/query.hpp"
#include "tests/simulation/coordinator.hpp"

#include <string>
#include <vector>

namespace jobfarm::simulation {

/// Submits queries, again where a coordinator died over them, gives some little
/// time, and now and then cancels one or has dead letters tried again or
/// dropped. Knows only what the store says.
class user {
public:
  user(stage& on, const std::vector<board>& boards);

  /// Does what is to be done next. `is_calm`: asks for nothing new.
  void act(coordinator& with, bool is_calm);

  /// All queries are stored and have ended.
  bool is_content() const;
  std::string complaint() const;
  /// Those that were taken in.
  std::vector<std::string> queries() const;

private:
  struct wish {
    std::vector<board> boards;
    /// Every id under which it was submitted.
    std::vector<std::string> ids;
    /// The life of the coordinator that was asked last, and when.
    process asked = 0;
    time_point asked_at{};
  };

  void submit(wish& one, coordinator& with);
  void tend_dead_letters(coordinator& with);
  void cancel_one(coordinator& with);
  bool is_stored(const wish& one) const;
  bool is_due(const wish& one, const coordinator& with) const;

  stage& on_;
  std::vector<wish> wishes_;
};

} // namespace jobfarm::simulation
