#pragma once

#include "actors/store/pending_view.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <string>

/// Hosts that have said how long they want to be left alone, in the store: a
/// farm that is killed and started again leaves them alone as well.
namespace jobfarm::collect {

/// `host` wants to be left alone until `until`, seconds since 1970; what was
/// written before stays if it is longer. Errors: store_failed.
expected<void> keep_pause(store::pending_view& view, const std::string& host,
                          std::int64_t until);

/// How long each host is still to be left alone at `now`, seconds since 1970.
/// Errors: store_failed.
expected<std::map<std::string, std::chrono::seconds>>
pauses_left(const store::store& disk, std::int64_t now);

} // namespace jobfarm::collect
