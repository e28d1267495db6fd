#include "actors/errors.hpp"

#include <caf/all.hpp>

namespace jobfarm {

namespace {

constexpr auto category = caf::atom("jobfarm");

} // namespace

caf::error to_error(const failure& why) {
  return {static_cast<std::uint8_t>(why.code), category,
          caf::make_message(why.detail)};
}

failure from_error(const caf::error& error) {
  if (error.category() == category) {
    std::string detail;
    if (error.context().match_elements<std::string>())
      detail = error.context().get_as<std::string>(0);
    return fail(static_cast<errc>(error.code()), std::move(detail));
  }
  auto text = caf::to_string(error);
  if (error == caf::sec::request_timeout)
    return fail(errc::timeout, text);
  if (error == caf::sec::request_receiver_down)
    return fail(errc::node_lost, text);
  return fail(errc::internal, text);
}

} // namespace jobfarm
