#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include <sys/types.h>

namespace jobfarm::test {

/// Network namespaces of the test's own, one for this process and one for each
/// worker, joined by veth pairs: what crosses from one to another crosses a
/// real network, which can be cut. Made with `ip` and `nsenter`.
///
/// Make it in the first thread before there are others: from then on this
/// process, and what it starts, has no other network.
class networks {
public:
  /// True if this user may make namespaces on this machine.
  static bool are_possible();

  /// Throws std::runtime_error if something of it cannot be made.
  explicit networks(std::size_t workers);
  ~networks();
  networks(const networks&) = delete;
  networks& operator=(const networks&) = delete;

  /// This process's address, the same for all workers.
  static const char* address();

  /// Words to put in front of a command that is to run in worker `i`'s network.
  std::vector<std::string> inside(std::size_t i) const;

  /// Everything between worker `i` and the rest is lost from now on, silently.
  void cut(std::size_t i) const;
  void mend(std::size_t i) const;

private:
  /// Processes that do nothing but keep a namespace.
  std::vector<pid_t> keepers_;
};

} // namespace jobfarm::test
