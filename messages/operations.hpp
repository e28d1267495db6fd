#pragma once

#include "messages/event.hpp"
#include "messages/ledger.hpp"

#include <cstdint>
#include <string>
#include <vector>

/// What operators see of a farm: its nodes, the balance of a query, the way of
/// a posting, what was given up.
namespace jobfarm {

enum class node_state : std::uint8_t {
  starting,
  ready,
  draining,
  drained,
  lost
};
template <>
struct enum_names<node_state> {
  static constexpr auto last = node_state::lost;
  static constexpr std::string_view names[] = {"starting", "ready", "draining",
                                               "drained", "lost"};
};

/// What has become of one proxy, as the node that uses it sees it. Holds no
/// secret.
struct proxy_status {
  std::string url;
  /// Lower tiers are used first.
  std::int32_t tier = 1;
  /// `healthy`, `slow`, `walled` (by its last answer), `quarantined` or
  /// `probing`.
  std::string state;
  std::int64_t requests = 0;
  /// Received through it.
  std::int64_t bytes = 0;
  /// Requests that the proxy itself failed.
  std::int64_t failures = 0;
  /// Answers that took who came from there for a robot.
  std::int64_t bans = 0;
  /// Smoothed; 0 before the first answer.
  double latency_ms = 0;
  /// Why it failed or was banned last.
  std::string last_error;

  static constexpr std::string_view record_name = "proxy_status";
  template <class Self, class Visit>
  static auto fields(Self& self, Visit visit) {
    return visit(field{"url", self.url}, field{"tier", self.tier},
                 field{"state", self.state}, field{"requests", self.requests},
                 field{"bytes", self.bytes}, field{"failures", self.failures},
                 field{"bans", self.bans},
                 field{"latency_ms", self.latency_ms},
                 nullable{"last_error", self.last_error});
  }
};

/// One node as the farm sees it.
struct node_status {
  std::string id;
  /// all, coordinator, worker or gateway.
  std::string role;
  node_state state = node_state::starting;
  std::string address;
  std::string version;
  std::vector<std::string> tags;
  std::int64_t cores = 0;
  std::int64_t memory_bytes = 0;
  /// Collectors on it.
  std::int64_t workers = 0;
  /// Tasks lent to it now.
  std::int64_t tasks_in_hand = 0;
  std::string started_at;
  /// When it was last heard of.
  std::string last_seen;
  /// Those it fetches through; empty where everything goes direct.
  std::vector<proxy_status> proxies;

  static constexpr std::string_view record_name = "node_status";
  template <class Self, class Visit>
  static auto fields(Self& self, Visit visit) {
    return visit(field{"id", self.id}, field{"role", self.role},
                 field{"state", self.state}, nullable{"address", self.address},
                 nullable{"version", self.version}, field{"tags", self.tags},
                 field{"cores", self.cores},
                 field{"memory_bytes", self.memory_bytes},
                 field{"workers", self.workers},
                 field{"tasks_in_hand", self.tasks_in_hand},
                 nullable{"started_at", self.started_at},
                 nullable{"last_seen", self.last_seen},
                 field{"proxies", self.proxies});
  }
};

/// The balance of one source of a query, counted from the ledger's tasks.
struct source_balance {
  std::string source;
  std::int64_t handed_out = 0;
  std::int64_t stored = 0;
  std::int64_t merged = 0;
  std::int64_t rejected = 0;
  /// Postings that were stored before, by this query or another.
  std::int64_t seen_again = 0;
  /// Tasks that were given up, and those that are still to do.
  std::int64_t dead_lettered = 0;
  std::int64_t open = 0;
  /// Handed out, but in none of the counts; negative: invented.
  std::int64_t missing = 0;
  /// Those of the tasks given up that an operator has dropped from the list.
  std::int64_t dropped = 0;

  static constexpr std::string_view record_name = "source_balance";
  template <class Self, class Visit>
  static auto fields(Self& self, Visit visit) {
    return visit(
        field{"source", self.source}, field{"handed_out", self.handed_out},
        field{"stored", self.stored}, field{"merged", self.merged},
        field{"rejected", self.rejected}, field{"seen_again", self.seen_again},
        field{"dead_lettered", self.dead_lettered}, field{"open", self.open},
        field{"missing", self.missing}, field{"dropped", self.dropped});
  }
};

/// Whether everything that sources handed out for a query is accounted for.
struct query_audit {
  std::string query_id;
  bool adds_up = false;
  std::vector<source_balance> sources;
  /// What does not add up, in words.
  std::vector<std::string> faults;

  static constexpr std::string_view record_name = "query_audit";
  template <class Self, class Visit>
  static auto fields(Self& self, Visit visit) {
    return visit(field{"query_id", self.query_id},
                 field{"adds_up", self.adds_up}, field{"sources", self.sources},
                 field{"faults", self.faults});
  }
};

/// A task that was given up.
struct dead_letter {
  std::string query_id;
  std::string task_id;
  std::string source;
  std::string board;
  std::string url;
  std::int32_t attempts = 0;
  failure reason;

  static constexpr std::string_view record_name = "dead_letter";
  template <class Self, class Visit>
  static auto fields(Self& self, Visit visit) {
    return visit(field{"query_id", self.query_id},
                 field{"task_id", self.task_id}, field{"source", self.source},
                 nullable{"board", self.board}, field{"url", self.url},
                 field{"attempts", self.attempts},
                 field{"reason", self.reason});
  }
};

} // namespace jobfarm
