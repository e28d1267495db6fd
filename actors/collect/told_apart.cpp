#include "actors/collect/told_apart.hpp"

namespace jobfarm::collect {

namespace {

constexpr std::string_view all_differences = "dup/x/";

std::string differences_of(const std::string& id) {
  return std::string{all_differences} + id + '/';
}

std::pair<std::string, std::string> in_order(std::string a, std::string b) {
  if (b < a)
    std::swap(a, b);
  return {std::move(a), std::move(b)};
}

} // namespace

void told_apart::say(const std::string& a, const std::string& b,
                     bool are_different) {
  are_any_.reset();
  for (auto key : {differences_of(a) + b, differences_of(b) + a})
    if (are_different)
      view_.put_index(std::move(key), {});
    else
      view_.remove_index(std::move(key));
}

expected<std::vector<std::string>>
told_apart::from(const std::string& id) const {
  std::vector<std::string> others;
  auto scanned = view_.scan_index(differences_of(id), [&](const auto& one) {
    others.push_back(one.key.substr(one.key.rfind('/') + 1));
    return true;
  });
  if (!scanned)
    return scanned.error();
  return others;
}

expected<bool> told_apart::are_any() {
  if (are_any_)
    return *are_any_;
  auto found = false;
  auto scanned =
      view_.scan_index(std::string{all_differences}, [&](const auto&) {
        found = true;
        return false;
      });
  if (!scanned)
    return scanned.error();
  are_any_ = found;
  return found;
}

expected<told_apart::pairs>
told_apart::among(const std::set<std::string>& ids) {
  pairs found;
  auto has_any = are_any();
  if (!has_any || !*has_any)
    return has_any ? expected<pairs>{found} : has_any.error();
  for (const auto& id : ids) {
    auto others = from(id);
    if (!others)
      return others.error();
    for (auto& other : *others)
      found.insert(in_order(id, std::move(other)));
  }
  return found;
}

bool told_apart::has(const pairs& those, const std::string& a,
                     const std::string& b) {
  return those.count(in_order(a, b)) != 0;
}

} // namespace jobfarm::collect
