#pragma once

#include "messages/query.hpp"
#include "nodes/http_server.hpp"
#include "nodes/simulator/scenario.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace jobfarm::nodes {

struct simulator_options {
  /// 0 takes a free one.
  std::uint16_t port = 0;
  scenario what;
  std::string address = "127.0.0.1";
};

/// Serves boards that look and behave like all eleven sources,
/// each under `/SOURCE` as its base URL, and keeps a ledger of what it handed
/// out. `/jsonld/scripted/TOKEN` is the Ashby board TOKEN as a page for people
/// that is empty until its script has filled it. Beside them: `/__boards`
/// (CSV), `/__ledger` (JSONL), `/__stats`, `/__log` (JSONL, every request with
/// its time and its sender's address). Pages have an ETag.
class simulator {
public:
  /// Errors: invalid_input (port in use).
  static expected<std::unique_ptr<simulator>> start(simulator_options options);
  ~simulator();

  std::uint16_t port() const noexcept;
  std::string url() const;
  std::vector<board> boards() const;

  /// Requests under `/SOURCE` so far.
  std::uint64_t requests_of(const std::string& source) const;

  /// Visits a JSON line for each posting that was handed out; false stops.
  void ledger(const std::function<bool(std::string_view)>& visit) const;

private:
  struct implementation;
  explicit simulator(std::unique_ptr<implementation> running);

  std::unique_ptr<implementation> running_;
};

} // namespace jobfarm::nodes
