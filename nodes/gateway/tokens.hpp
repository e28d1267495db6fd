#pragma once

#include "messages/enum_names.hpp"
#include "messages/expected.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jobfarm::nodes::gateway {

enum class role : std::uint8_t { viewer, employee, recruiter, manager, admin };

/// What an operation needs its caller to be allowed.
enum class permission : std::uint8_t {
  none,    ///< anybody, without a token
  read,    ///< status, results, audit
  query,   ///< start and cancel queries
  operate, ///< nodes, faults
};

} // namespace jobfarm::nodes::gateway

template <>
struct jobfarm::enum_names<jobfarm::nodes::gateway::role> {
  static constexpr auto last = jobfarm::nodes::gateway::role::admin;
  static constexpr std::string_view names[] = {"viewer", "employee",
                                               "recruiter", "manager", "admin"};
};
template <>
struct jobfarm::enum_names<jobfarm::nodes::gateway::permission> {
  static constexpr auto last = jobfarm::nodes::gateway::permission::operate;
  static constexpr std::string_view names[] = {"none", "read", "query",
                                               "operate"};
};

namespace jobfarm::nodes::gateway {

/// The one table of rights: deny by default.
constexpr bool is_allowed(role who, permission what) noexcept {
  switch (what) {
    case permission::none:
    case permission::read: return true;
    case permission::query: return who >= role::employee;
    case permission::operate: return who == role::admin;
  }
  return false;
}

/// A token as the farm keeps it: never the token itself.
struct token_entry {
  std::string name;
  role who = role::viewer;
  /// BLAKE2b-256 of the token's text, hex.
  std::string hash;
};

/// A new token: `jf_` and 256 random bits, base64url without padding.
std::string new_token();

/// BLAKE2b-256 of a token's text, hex.
std::string token_hash(std::string_view token);

/// The tokens that a gateway knows. Immutable; safe from any thread.
class token_table {
public:
  /// Reads lines `NAME ROLE HASH`; blank lines and `#` comments are skipped.
  /// Errors: invalid_input with line and reason.
  static expected<token_table> parse(std::string_view text,
                                     const std::string& file);
  static expected<token_table> read(const std::string& file);

  explicit token_table(std::vector<token_entry> entries = {})
      : entries_(std::move(entries)) {
  }

  /// The entry of that token, or nothing. Takes the same time whichever entry
  /// it is.
  std::optional<token_entry> find(std::string_view token) const;

  const std::vector<token_entry>& entries() const noexcept {
    return entries_;
  }

private:
  std::vector<token_entry> entries_;
};

/// Makes a token, appends its hash to `file` (mode 0600) and returns it: it
/// cannot be read again. Errors: invalid_input.
expected<std::string> add_token(const std::string& file,
                                const std::string& name, role who);

} // namespace jobfarm::nodes::gateway
