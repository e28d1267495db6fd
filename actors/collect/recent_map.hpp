#pragma once

#include <cstddef>
#include <list>
#include <string>
#include <unordered_map>
#include <utility>

namespace jobfarm::collect {

/// Keeps the values that were used last, at most `most`.
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
    recent_.emplace_front(key, std::move(value));
    by_key_[key] = recent_.begin();
    if (recent_.size() > most_) {
      by_key_.erase(recent_.back().first);
      recent_.pop_back();
    }
  }

  void erase(const std::string& key) {
    auto known = by_key_.find(key);
    if (known == by_key_.end())
      return;
    recent_.erase(known->second);
    by_key_.erase(known);
  }

private:
  std::size_t most_;
  std::list<std::pair<std::string, Value>> recent_;
  std::unordered_map<std::string, typename decltype(recent_)::iterator> by_key_;
};

} // namespace jobfarm::collect
