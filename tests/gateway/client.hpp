#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace jobfarm::test {

/// What a server answered, as it came.
struct answered {
  int status = 0;
  std::string head;
  std::string body;

  /// The value of the first header of that name, or empty.
  std::string header(const std::string& name) const;
};

/// One request on a connection of its own, read to the end.
answered ask(std::uint16_t port, const std::string& method,
             const std::string& target,
             const std::vector<std::string>& headers = {},
             const std::string& body = {});

} // namespace jobfarm::test
