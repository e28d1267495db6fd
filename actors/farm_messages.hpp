#pragma once

#include "actors/dedupe/text_print.hpp"
#include "actors/plan/frontier.hpp"
#include "actors/plan/query_state.hpp"
#include "actors/supervise/recovery.hpp"
#include "messages/posting.hpp"
#include "messages/task.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// What the actors of a farm say to each other, without what makes them
/// actors. These stay within a process and are passed by pointer.
namespace jobfarm {

/// A worker has room for `credit` more tasks.
struct work_request {
  std::string worker;
  std::size_t credit = 0;
  /// It can load pages by a browser.
  bool has_browser = false;
};

/// Whether any worker can load pages by a browser.
struct browser_news {
  bool is_there = false;
};

/// Tasks lent to a worker.
struct work_granted {
  std::vector<plan::lease> leases;
};

/// A worker still works on these.
struct work_renewal {
  std::vector<std::int64_t> leases;
};

/// The pages of leases are read: their hosts may be asked for the next ones
/// while these are being stored.
struct pages_read {
  std::vector<std::int64_t> leases;
};

/// A lease, asked about.
struct lease_query {
  std::int64_t lease = 0;
};

/// A host is to be left alone for a time, also by what is lent already.
struct host_rest {
  std::string host;
  std::chrono::milliseconds left{0};
};

/// A part of a page, to be made into postings.
struct raw_batch {
  std::vector<raw_posting> postings;
  /// The prints of their texts are asked for, too.
  bool wants_prints = false;
};

/// What became of a `raw_batch`; each record is in exactly one of the lists.
struct normal_batch {
  std::vector<job_posting> postings;
  /// Of the description of each posting, if they were asked for.
  std::vector<dedupe::text_print> prints;
  std::vector<rejection> rejections;
  std::int64_t normalize_us = 0;
};

/// A task's outcome with the task it belongs to.
struct finished_task {
  jobfarm::task task;
  task_outcome outcome;
  /// Of the description of each posting; none for an outcome of another node.
  std::vector<dedupe::text_print> prints;
  /// No further try, whatever recovery would say.
  bool is_final = false;
};

/// An outcome is on disk: what it means for the FRONTIER and the query.
struct settled_task {
  std::string query_id;
  std::string task_id;
  std::string host;
  std::int64_t lease = 0;
  plan::settlement result;
  plan::host_answer answer;
  /// Not done: try `again` as `decision` says.
  std::optional<task> again;
  supervise::decision decision;
  std::vector<task> next_tasks;
};

/// All that came on disk together.
struct settled_tasks {
  std::vector<settled_task> tasks;
};

/// A task by its names.
struct task_name {
  std::string query_id;
  std::string task_id;
};

/// A query was planned and stored.
struct query_accepted {
  std::string query_id;
  std::size_t tasks = 0;
};

} // namespace jobfarm
