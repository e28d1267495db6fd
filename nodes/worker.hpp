#pragma once

#include "messages/expected.hpp"
#include "nodes/crew_options.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace jobfarm::nodes {

struct worker_options {
  /// The name under which its key is allowed.
  std::string name;
  /// `tcp://ADDRESS:PORT` of coordinators, tried in turn.
  std::vector<std::string> coordinators;
  /// The worker's own pair of keys.
  std::string key_file;
  /// The coordinator's public key, 32 raw bytes.
  std::string coordinator_key;
  std::string gazetteer_file;
  std::string program_version;
  std::vector<std::string> tags;
  crew_options crew;
  /// Where outcomes are kept that no coordinator can take; empty for nowhere.
  std::string set_aside_dir;
  /// Hears what the node does; may be null.
  std::shared_ptr<watch::worker_probe> told;
  /// One line for the operator.
  std::function<void(const std::string&)> note = [](const std::string&) {};
};

/// A node that works for a coordinator in another process: FETCHER,
/// NORMALIZERs and COLLECTORs of its own, and an UPLINK for the rest. Keeps
/// what it has done until a coordinator has it on disk.
class worker {
public:
  /// Does not wait for a coordinator. Errors: invalid_input.
  static expected<std::unique_ptr<worker>> start(worker_options options);
  ~worker();

  /// True while a coordinator has welcomed the node.
  bool is_connected() const;

  /// Finishes what it has in hand, hands it in and leaves; `wait` tells when.
  void drain();

  /// Nothing while the node works; then whether it has left as asked, else why
  /// it ended. Waits `patience` at most.
  std::optional<expected<void>> wait(std::chrono::milliseconds patience);

private:
  struct parts;
  explicit worker(std::unique_ptr<parts> running);

  std::unique_ptr<parts> running_;
};

} // namespace jobfarm::nodes
