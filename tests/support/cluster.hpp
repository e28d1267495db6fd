#pragma once

#include "nodes/simulator/simulator.hpp"
#include "tests/support/networks.hpp"
#include "tests/support/paths.hpp"

#include <chrono>
#include <csignal>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <sys/types.h>

/// Clusters of real processes on one machine. What goes wrong in building one
/// is thrown as std::runtime_error.
namespace jobfarm::test {

/// One program as a process of the test, its output appended to a file; killed
/// with the object or the test, started again at will.
class process {
public:
  process(std::vector<std::string> words, std::string log);
  ~process();
  process(const process&) = delete;
  process& operator=(const process&) = delete;

  void start();
  /// Sends `signal` and waits for the end: the exit code, or minus the signal
  /// that ended it.
  int end(int signal);
  /// The same for one that ends by itself.
  int wait();
  void freeze() const;
  void thaw() const;
  pid_t pid() const noexcept {
    return pid_;
  }

private:
  std::vector<std::string> words_;
  std::string log_;
  pid_t pid_ = -1;
};

struct cluster_options {
  nodes::scenario what;
  std::size_t workers = 4;
  /// That `add_worker` may bring.
  std::size_t more_workers = 0;
  /// TOML that all nodes are started with.
  std::string config = {};
  std::vector<std::string> coordinator_words = {};
  std::vector<std::string> worker_words = {};
  /// Each worker has a network of its own, see `networks`.
  bool has_networks = false;
};

/// A simulator in this process, a coordinator and workers `w1`, `w2` ... of
/// their own, with keys, on free ports.
class cluster {
public:
  explicit cluster(cluster_options options);

  /// Starts one more worker, with its key.
  void add_worker();

  /// A file in the cluster's own directory.
  std::string file(const std::string& name) const;

  /// Runs `jobfarm WORDS` against the coordinator; what it prints, nothing if
  /// it fails.
  std::optional<std::string> ask(const std::string& words) const;

  /// Submits a query over all boards of the simulator, trying for ten seconds;
  /// its id. `words` are further options.
  std::string submit(const std::string& words = {}) const;

  /// No query goes on.
  bool is_over() const;
  /// Workers that are connected now.
  std::size_t connected() const;

  /// What workers dial, and the key of who answers, 32 raw bytes.
  const std::string& link() const {
    return link_;
  }
  const std::string& public_key() const {
    return public_key_;
  }

  test::temporary_directory dir;
  std::unique_ptr<networks> nets;
  std::unique_ptr<nodes::simulator> boards;
  std::unique_ptr<process> coordinator;
  std::vector<std::unique_ptr<process>> workers;

private:
  std::vector<std::string> node(std::vector<std::string> own,
                                const std::vector<std::string>& more) const;

  cluster_options options_;
  std::string public_key_;
  std::string link_;
  std::string http_;
};

/// One request as a simulator wrote it down.
struct visit {
  /// Of the simulator's clock, in milliseconds.
  std::int64_t at_ms = 0;
  int status = 0;
  std::string target;
};

/// What was asked of a simulator below `path`, in order.
std::vector<visit> visits(const nodes::simulator& to, const std::string& path);

/// True as soon as `holds` does, asked `every` so often; false if it does not
/// `within` the time.
template <class Condition>
bool comes_true(Condition holds, std::chrono::milliseconds within,
                std::chrono::milliseconds every = std::chrono::milliseconds{
                    50}) {
  auto limit = std::chrono::steady_clock::now() + within;
  while (!holds()) {
    if (std::chrono::steady_clock::now() > limit)
      return false;
    std::this_thread::sleep_for(every);
  }
  return true;
}

} // namespace jobfarm::test
