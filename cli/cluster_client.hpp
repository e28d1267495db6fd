#pragma once

#include "cli/settings.hpp"
#include "messages/expected.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace jobfarm::cli {

/// The gateway of a running cluster, as `--server` and the token file name it.
class cluster_client {
public:
  /// Errors: invalid_input for an address or token file that cannot be used.
  static expected<cluster_client> of(const settings& given);

  /// The body of a good answer. Errors: connect_failed, dns_failed, timeout
  /// and node_lost if no gateway answers, auth_failed if it does not let us
  /// (see `exit_code_of`), else what the gateway says.
  expected<std::string> call(const std::string& method, const std::string& path,
                             const std::string& body = {}) const;

  /// Hands out the body of a long answer as it comes, until `take` says false.
  expected<void>
  stream(const std::string& path, const std::string& accept,
         const std::function<bool(std::string_view)>& take) const;

  const std::string& server() const noexcept {
    return server_;
  }

private:
  struct order;
  expected<void>
  perform(const order& wanted,
          const std::function<bool(std::string_view)>& take) const;

  std::string server_;
  std::string token_;
};

/// The options of every command that asks a cluster, and `own` before them.
std::vector<option> with_cluster_options(std::vector<option> own);

/// Prints what failed and returns 5 if the cluster could not be reached, 6 if
/// it does not permit it, else what `complain` returns.
int complain_of_cluster(const failure& why);

/// Where the token of this machine's own node lies.
std::string own_token_file(const settings& given);

} // namespace jobfarm::cli
