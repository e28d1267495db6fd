#pragma once

#include <cstddef>
#include <iterator>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace jobfarm::collect {

/// Keeps the values that were used last, at most `most`, 1 or more.
template <class Value>
class recent_map {
public:
  explicit recent_map(std::size_t most) : most_(most) {
  }

  /// The value under a key, or nothing; valid until the next `put`.
  Value* find(const std::string& key) {
    auto known = by_key_.find(key);
    if (known == by_key_.end())
      return nullptr;
    recent_.splice(recent_.begin(), recent_, known->second);
    return &known->second->second;
  }

  /// `key` must not be there.
  void put(const std::string& key, Value value) {
    if (recent_.size() < most_) {
      recent_.emplace_front(key, std::move(value));
      by_key_.emplace(recent_.front().first, recent_.begin());
      return;
    }
    // What the last one stood in is used again: once all is full, nothing is
    // allocated any more.
    auto node = by_key_.extract(recent_.back().first);
    recent_.splice(recent_.begin(), recent_, std::prev(recent_.end()));
    recent_.front().first = key;
    recent_.front().second = std::move(value);
    node.key() = recent_.front().first;
    by_key_.insert(std::move(node));
  }

  void erase(const std::string& key) {
    auto known = by_key_.find(key);
    if (known == by_key_.end())
      return;
    auto at = known->second;
    by_key_.erase(known);
    recent_.erase(at);
  }

private:
  std::size_t most_;
  std::list<std::pair<std::string, Value>> recent_;
  /// By what is in `recent_`.
  std::unordered_map<std::string_view, typename decltype(recent_)::iterator>
      by_key_;
};

} // namespace jobfarm::collect
