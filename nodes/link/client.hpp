#pragma once

#include "actors/watch/fail_points.hpp"
#include "messages/expected.hpp"
#include "messages/link.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace jobfarm::nodes::link_layer {

/// What the worker does with what comes in. Called from the link's thread;
/// must not block.
class host {
public:
  virtual ~host() = default;
  virtual void lent(std::vector<link::lent_task> tasks) = 0;
  virtual void settled(std::uint64_t id) = 0;
  /// No coordinator can take outcome `id`, which was `body`.
  virtual void unfit(std::uint64_t id, std::string body, failure why) = 0;
  virtual void drain() = 0;
  virtual void rested(const link::host_rest& told) = 0;
  /// A coordinator has welcomed this node, or was lost.
  virtual void connected(bool is_up) {
    (void)is_up;
  }
  virtual void ended(const failure& why) = 0;
};

/// What actors leave for the coordinator. From any thread.
class coordinator_port {
public:
  virtual ~coordinator_port() = default;
  /// There is room for `credit` more tasks.
  virtual void pull(std::uint32_t credit) = 0;
  virtual void renew(std::vector<std::int64_t> leases) = 0;
  /// Outcome `id`, of a lease, is `body`; kept until it is settled, or unfit.
  virtual void finish(std::uint64_t id, std::int64_t lease,
                      std::string body) = 0;
  virtual void leave() = 0;
};

struct client_options {
  std::string name;
  /// `tcp://ADDRESS:PORT`, tried in turn.
  std::vector<std::string> coordinators;
  std::string key_file;
  /// 32 raw bytes: the coordinator proves that it is the one.
  std::string coordinator_key;
  link::hello about;
  std::function<void(const std::string&)> note;
  /// Faults of this node, those of the link among them; may be null.
  std::shared_ptr<watch::fail_points> faults;
  /// What the coordinator is told of this node's proxies; from any thread.
  std::function<std::vector<proxy_status>()> proxies = [] {
    return std::vector<proxy_status>{};
  };
};

/// The worker's end of the data link: a DEALER socket under CURVE, owned by
/// one thread of its own, dialling anew whenever the coordinator falls silent.
class client : public coordinator_port {
public:
  /// Errors: invalid_input (keys, addresses).
  static expected<std::unique_ptr<client>> start(client_options options,
                                                 std::unique_ptr<host> owner);
  ~client() override;

  void pull(std::uint32_t credit) override;
  void renew(std::vector<std::int64_t> leases) override;
  void finish(std::uint64_t id, std::int64_t lease, std::string body) override;
  void leave() override;

private:
  class implementation;
  explicit client(std::unique_ptr<implementation> running);

  std::unique_ptr<implementation> running_;
};

} // namespace jobfarm::nodes::link_layer
