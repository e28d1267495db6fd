#include "nodes/crew_roster.hpp"

#include <utility>

namespace jobfarm::nodes {

void crew_roster::enter_fetcher(
    fetcher_actor one, std::shared_ptr<const fetch::proxy_board> proxies) {
  std::lock_guard lock(mutex_);
  fetcher_ = std::move(one);
  proxies_ = std::move(proxies);
}

void crew_roster::enter_normalizer(const std::string& id,
                                   normalizer_actor one) {
  std::lock_guard lock(mutex_);
  normalizers_[id] = std::move(one);
}

void crew_roster::enter_collector(const std::string& id,
                                  const collector_actor& one) {
  std::lock_guard lock(mutex_);
  collectors_[id] = one;
  if (is_draining_)
    caf::anon_send(one, atom::drain::value);
}

fetcher_actor crew_roster::fetcher() const {
  std::lock_guard lock(mutex_);
  return fetcher_;
}

std::vector<normalizer_actor> crew_roster::normalizers() const {
  std::lock_guard lock(mutex_);
  std::vector<normalizer_actor> all;
  for (const auto& [id, one] : normalizers_)
    all.push_back(one);
  return all;
}

std::vector<caf::actor> crew_roster::collectors() const {
  std::lock_guard lock(mutex_);
  std::vector<caf::actor> all;
  for (const auto& [id, one] : collectors_)
    if (left_.count(id) == 0)
      all.push_back(caf::actor_cast<caf::actor>(one));
  return all;
}

std::vector<proxy_status> crew_roster::proxies() const {
  std::lock_guard lock(mutex_);
  return proxies_ ? proxies_->proxies() : std::vector<proxy_status>{};
}

void crew_roster::drain() {
  std::lock_guard lock(mutex_);
  is_draining_ = true;
  for (const auto& [id, one] : collectors_)
    caf::anon_send(one, atom::drain::value);
}

bool crew_roster::is_draining() const {
  std::lock_guard lock(mutex_);
  return is_draining_;
}

void crew_roster::leave(const std::string& id) {
  std::lock_guard lock(mutex_);
  left_.insert(id);
}

bool crew_roster::has_left(const std::string& id) const {
  std::lock_guard lock(mutex_);
  return left_.count(id) > 0;
}

std::size_t crew_roster::working() const {
  std::lock_guard lock(mutex_);
  return planned_ - left_.size();
}

} // namespace jobfarm::nodes
