#pragma once

#include "messages/ledger.hpp"
#include "messages/operations.hpp"
#include "messages/task.hpp"

#include <cstdint>
#include <string>
#include <vector>

/// What coordinator and workers say to each other over the data link: msgpack
/// arrays, one frame a message. Fields are only ever appended, so that
/// neighbouring versions understand each other.
namespace jobfarm::link {

/// Versions of the envelope that this program reads and writes.
constexpr std::uint8_t oldest_version = 1;
constexpr std::uint8_t newest_version = 1;

/// Bytes that are no text: msgpack's bin.
struct bytes {
  std::string data;

  bool operator==(const bytes& other) const {
    return data == other.data;
  }
};

/// What a frame is. Numbers are for ever; a reader skips those it does not
/// know, so that a newer one may say more.
namespace frame_type {

constexpr std::uint8_t hello = 1;    ///< worker: who I am; body `hello`
constexpr std::uint8_t welcome = 2;  ///< coordinator: work may begin
constexpr std::uint8_t refused = 3;  ///< coordinator: no, and why; `refusal`
constexpr std::uint8_t again = 4;    ///< coordinator: I do not know you, hello?
constexpr std::uint8_t beat = 5;     ///< both: I am alive
constexpr std::uint8_t pull = 6;     ///< worker: room for `credit` more tasks
constexpr std::uint8_t lease = 7;    ///< coordinator: tasks lent; `lent_tasks`
constexpr std::uint8_t outcome = 8;  ///< worker: number `id`; body `outcome`
constexpr std::uint8_t settled = 9;  ///< coordinator: outcome `id` is on disk
constexpr std::uint8_t drain = 10;   ///< coordinator: take no more, then leave
constexpr std::uint8_t leaving = 11; ///< worker: nothing in hand, good-bye
constexpr std::uint8_t renew = 12;   ///< worker: still at it; body `renewal`
/// worker: I am alive, wait for `credit` tasks in all and hold the leases of
/// body `renewal`; a beat that heals what lost pulls and leases have done
constexpr std::uint8_t waiting = 13;
/// coordinator: number `id`; body `fault_order`. Faults never strike these two.
constexpr std::uint8_t fault_order = 14;
/// worker: answer to order `id`, 0 for none; body `fault_report`
constexpr std::uint8_t fault_report = 15;
/// worker: what has become of its proxies; body `proxy_report`
constexpr std::uint8_t proxies = 16;
/// coordinator: a host takes no requests for a time; body `host_rest`
constexpr std::uint8_t rest = 17;
/// coordinator: outcome `id` can never be taken, send it no more; body
/// `refusal`
constexpr std::uint8_t unfit = 18;

} // namespace frame_type

/// The envelope of every message.
struct frame {
  std::uint8_t ver = newest_version;
  std::uint8_t type = 0;
  /// The worker it comes from or goes to; must be the name of its key.
  std::string worker;
  std::uint64_t id = 0;
  /// Of an outcome: how often it was sent, 1 first.
  std::uint32_t attempt = 0;
  /// Of a pull: how many tasks more there is room for. Of `waiting`: how many
  /// were asked for and have not come. Of a lease: how many tasks it brings.
  std::uint32_t credit = 0;
  /// A record in its own msgpack, by `type`.
  bytes body = {};

  static constexpr std::string_view record_name = "frame";
  template <class Self, class Visit>
  static auto fields(Self& self, Visit visit) {
    return visit(field{"ver", self.ver}, field{"type", self.type},
                 field{"worker", self.worker}, field{"id", self.id},
                 field{"attempt", self.attempt}, field{"credit", self.credit},
                 field{"body", self.body});
  }
};

/// A worker introduces itself.
struct hello {
  /// The oldest version of the envelope it can speak; the newest is the
  /// frame's own.
  std::uint8_t oldest = oldest_version;
  /// Random for each process: two processes are never taken for one.
  std::string incarnation;
  std::string program_version;
  std::int64_t cores = 0;
  std::int64_t memory_bytes = 0;
  bool has_browser = false;
  std::vector<std::string> tags;
  /// RFC 3339 UTC.
  std::string started_at;

  static constexpr std::string_view record_name = "hello";
  template <class Self, class Visit>
  static auto fields(Self& self, Visit visit) {
    return visit(
        field{"oldest", self.oldest}, field{"incarnation", self.incarnation},
        field{"program_version", self.program_version},
        field{"cores", self.cores}, field{"memory_bytes", self.memory_bytes},
        field{"has_browser", self.has_browser}, field{"tags", self.tags},
        field{"started_at", self.started_at});
  }
};

/// A coordinator takes a worker in.
struct welcome {
  std::string incarnation;
  std::string program_version;

  static constexpr std::string_view record_name = "welcome";
  template <class Self, class Visit>
  static auto fields(Self& self, Visit visit) {
    return visit(field{"incarnation", self.incarnation},
                 field{"program_version", self.program_version});
  }
};

/// A coordinator does not take a worker in.
struct refusal {
  failure why;

  static constexpr std::string_view record_name = "refusal";
  template <class Self, class Visit>
  static auto fields(Self& self, Visit visit) {
    return visit(field{"why", self.why});
  }
};

/// A task with the lease it is lent under.
struct lent_task {
  std::int64_t lease = 0;
  jobfarm::task task;

  static constexpr std::string_view record_name = "lent_task";
  template <class Self, class Visit>
  static auto fields(Self& self, Visit visit) {
    return visit(field{"lease", self.lease}, field{"task", self.task});
  }
};

struct lent_tasks {
  std::vector<lent_task> tasks;

  static constexpr std::string_view record_name = "lent_tasks";
  template <class Self, class Visit>
  static auto fields(Self& self, Visit visit) {
    return visit(field{"tasks", self.tasks});
  }
};

/// Leases whose tasks a worker still works on: they run a lease time longer.
struct renewal {
  std::vector<std::int64_t> leases;

  static constexpr std::string_view record_name = "renewal";
  template <class Self, class Visit>
  static auto fields(Self& self, Visit visit) {
    return visit(field{"leases", self.leases});
  }
};

/// What became of a task, with the task: a coordinator that was restarted no
/// longer has it in memory.
struct outcome {
  jobfarm::task task;
  task_outcome what;

  static constexpr std::string_view record_name = "outcome";
  template <class Self, class Visit>
  static auto fields(Self& self, Visit visit) {
    return visit(field{"task", self.task}, field{"what", self.what});
  }
};

/// What has become of a worker's proxies so far.
struct proxy_report {
  std::vector<proxy_status> proxies;

  static constexpr std::string_view record_name = "proxy_report";
  template <class Self, class Visit>
  static auto fields(Self& self, Visit visit) {
    return visit(field{"proxies", self.proxies});
  }
};

/// A host that is to be left alone, from now on for `seconds`.
struct host_rest {
  std::string host;
  double seconds = 0;

  static constexpr std::string_view record_name = "host_rest";
  template <class Self, class Visit>
  static auto fields(Self& self, Visit visit) {
    return visit(field{"host", self.host}, field{"seconds", self.seconds});
  }
};

} // namespace jobfarm::link
