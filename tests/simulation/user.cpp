#include "tests/simulation/user.hpp"

#include "actors/watch/audit.hpp"
#include "tests/simulation/ledger_check.hpp"

#include <algorithm>

namespace jobfarm::simulation {

user::user(stage& on, const std::vector<board>& boards)
    : on_(on), wishes_(3) {
  for (auto& one : wishes_)
    for (const auto& candidate : boards)
      if (on_.luck.chance(0.5))
        one.boards.push_back(candidate);
}

bool user::is_stored(const wish& one) const {
  return std::any_of(one.ids.begin(), one.ids.end(), [&](const auto& id) {
    return on_.disk->query(id)->has_value();
  });
}

void user::submit(wish& one, coordinator& with) {
  one.asked = with.number();
  one.asked_at = on_.time.now();
  job_query query;
  query.query_id = "q" + std::to_string(&one - wishes_.data()) + '-'
                   + std::to_string(one.ids.size());
  query.boards = one.boards;
  if (on_.luck.chance(0.2))
    query.timeout_s = on_.luck.between(2, 12);
  one.ids.push_back(query.query_id);
  with.submit(std::move(query));
}

void user::tend_dead_letters(coordinator& with) {
  auto letters = watch::dead_letters(*on_.disk, "", "", 20);
  if (!letters || letters->empty())
    return;
  const auto& one = (*letters)[on_.luck.below(letters->size())];
  auto record = on_.disk->task(one.query_id, one.task_id);
  on_.disk->may_live_again((*record)->task);
  if (on_.luck.chance(0.5))
    with.retry_dead({one.query_id, one.task_id});
  else
    with.drop_dead({one.query_id, one.task_id});
}

void user::cancel_one(coordinator& with) {
  auto all = queries();
  if (all.empty())
    return;
  const auto& id = all[on_.luck.below(all.size())];
  if (!(*on_.disk->query(id))->result)
    with.cancel(id);
}

/// Not asked yet, or the answer was no: the disk may have said so.
bool user::is_due(const wish& one, const coordinator& with) const {
  constexpr std::chrono::seconds no_answer_is_no{15};
  return !is_stored(one)
         && (one.asked != with.number()
             || on_.time.now() - one.asked_at > no_answer_is_no);
}

void user::act(coordinator& with, bool is_calm) {
  for (auto& one : wishes_)
    if (is_due(one, with) && (is_calm || on_.luck.chance(0.4)))
      submit(one, with);
  if (!is_calm && on_.luck.chance(0.05))
    tend_dead_letters(with);
  if (!is_calm && on_.luck.chance(0.01))
    cancel_one(with);
}

std::vector<std::string> user::queries() const {
  std::vector<std::string> all;
  for (const auto& one : wishes_)
    for (const auto& id : one.ids)
      if (on_.disk->query(id)->has_value())
        all.push_back(id);
  return all;
}

bool user::is_content() const {
  return complaint().empty();
}

std::string user::complaint() const {
  std::string text;
  for (const auto& one : wishes_)
    if (!is_stored(one))
      text += "a query was not taken in; ";
  for (const auto& id : queries()) {
    if ((*on_.disk->query(id))->result || on_.disk->is_cancelled(id))
      continue;
    std::size_t open = 0;
    (void) on_.disk->scan_tasks(id, task_state::ready, [&](const auto&) {
      ++open;
      return true;
    });
    text += "query " + id + " goes on, " + std::to_string(open)
            + " of its tasks are open; ";
  }
  return text;
}

} // namespace jobfarm::simulation
