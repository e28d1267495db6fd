#pragma once

#include "actors/collect/print_demand.hpp"
#include "actors/fetch/browser_session.hpp"
#include "actors/fetch/proxy_pool.hpp"
#include "actors/plan/planner.hpp"
#include "actors/watch/fail_points.hpp"
#include "actors/watch/probe.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace jobfarm::nodes {

/// Who does the work of a node, and how much at once.
struct crew_options {
  /// Names of COLLECTORs begin with it.
  std::string node = "collector";
  std::size_t workers = 3;
  /// Pages that a COLLECTOR has in hand at most, from the request to the
  /// acknowledgement: with the largest body, the bound on memory.
  std::size_t pages_in_hand = 16;
  plan::source_settings_map sources;
  /// See `collector_config`.
  std::string reader;
  std::vector<std::string> allowed_hosts;
  std::chrono::seconds request_timeout{60};
  std::chrono::minutes hand_in_timeout{10};
  /// See `collector_config`.
  std::shared_ptr<const collect::print_demand> prints;
  /// `name=value` of credentials that sources ask for.
  std::vector<std::pair<std::string, std::string>> credentials;
  /// Where fetched pages are kept on disk; empty for in memory only.
  std::string page_cache_dir;
  /// Through which everything goes; empty for direct.
  std::vector<fetch::proxy_server> proxies;
  /// See `fetch::identity_options`.
  std::vector<std::string> user_agents;
  /// For pages that are loaded by browsers.
  fetch::browser_options browser;
  /// Hears what becomes of the crew's actors; may be null.
  std::shared_ptr<watch::node_probe> told;
  /// Faults that may be injected; null for none.
  std::shared_ptr<watch::fail_points> faults;
};

/// True if pages can be loaded by a browser here: its programs are installed,
/// and the configuration lets a source that is on use them.
bool has_browser(const crew_options& options);

} // namespace jobfarm::nodes
