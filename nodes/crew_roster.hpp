#pragma once

#include "actors/collect/collector_actor.hpp"
#include "actors/fetch/page_client.hpp"

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

namespace jobfarm::nodes {

/// Who of a crew is at work now: its supervisors enter each new life, others
/// look here instead of keeping handles. Thread-safe.
class crew_roster {
public:
  /// `collectors`: how many there are to be.
  explicit crew_roster(std::size_t collectors) : planned_(collectors) {
  }

  void enter_fetcher(fetcher_actor one,
                     std::shared_ptr<const fetch::proxy_board> proxies);
  void enter_normalizer(const std::string& id, normalizer_actor one);
  /// Asks it to leave at once where the crew is draining.
  void enter_collector(const std::string& id, const collector_actor& one);

  fetcher_actor fetcher() const;
  std::vector<normalizer_actor> normalizers() const;
  std::vector<caf::actor> collectors() const;
  std::vector<proxy_status> proxies() const;

  /// COLLECTORs finish what they have in hand and leave.
  void drain();
  bool is_draining() const;
  /// A COLLECTOR has left for good: no life of it may follow.
  void leave(const std::string& id);
  bool has_left(const std::string& id) const;
  /// COLLECTORs that have not left.
  std::size_t working() const;

private:
  mutable std::mutex mutex_;
  fetcher_actor fetcher_;
  std::shared_ptr<const fetch::proxy_board> proxies_;
  std::map<std::string, normalizer_actor> normalizers_;
  std::map<std::string, collector_actor> collectors_;
  bool is_draining_ = false;
  std::size_t planned_;
  std::set<std::string> left_;
};

} // namespace jobfarm::nodes
