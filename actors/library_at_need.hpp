#pragma once

#include <dlfcn.h>

#include <cstddef>
#include <stdexcept>
#include <string>
#include <tuple>

namespace jobfarm {

/// A shared library is not installed, or not the one that is needed. Says which
/// Debian package to install, where that helps.
struct missing_library : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// A shared library that is loaded when it is first needed, so that commands
/// which do without it neither wait for it nor for the libraries it needs.
class library_at_need {
public:
  /// Loads `file`, like "libcurl.so.4", out of the Debian package `package`.
  /// Throws `missing_library`.
  library_at_need(const char* file, const char* package)
      : file_(file), handle_(dlopen(file, RTLD_NOW)) {
    if (!handle_)
      throw missing_library(std::string{dlerror()} + "; install the package "
                            + package);
  }

  /// The library's own function of that name, of the type of `ours`. Throws
  /// `missing_library` if there is none.
  template <class F>
  F* find(F* /*ours*/, const char* name) const {
    auto* found = dlsym(handle_, name);
    if (!found)
      throw missing_library(std::string{dlerror()} + "; " + file_
                            + " is too old");
    return reinterpret_cast<F*>(found);
  }

private:
  const char* file_;
  void* handle_;
};

/// What a function takes and gives.
template <class F>
struct parts_of;

template <class R, class... P>
struct parts_of<R(P...)> {
  using result = R;
  template <std::size_t I>
  using parameter = std::tuple_element_t<I, std::tuple<P...>>;
};

} // namespace jobfarm

/// Defines the C function `name`, which is declared already and has so many
/// parameters, as a call of the function of that name in the `library()` of the
/// file, looked up by the first call: `JOBFARM_FORWARD(4, zmq_send)`. Throws as
/// `find` does.
#define JOBFARM_FORWARD(count, name)                                           \
  jobfarm::parts_of<decltype(name)>::result name(                              \
      JOBFARM_PARAMETERS_##count(name)) {                                      \
    static auto* const call = library().find(&(name), #name);                  \
    return call(JOBFARM_ARGUMENTS_##count);                                    \
  }

#define JOBFARM_PARAMETER(f, i)                                                \
  jobfarm::parts_of<decltype(f)>::parameter<i> p##i
#define JOBFARM_PARAMETERS_0(f)
#define JOBFARM_PARAMETERS_1(f) JOBFARM_PARAMETER(f, 0)
#define JOBFARM_PARAMETERS_2(f)                                                \
  JOBFARM_PARAMETERS_1(f), JOBFARM_PARAMETER(f, 1)
#define JOBFARM_PARAMETERS_3(f)                                                \
  JOBFARM_PARAMETERS_2(f), JOBFARM_PARAMETER(f, 2)
#define JOBFARM_PARAMETERS_4(f)                                                \
  JOBFARM_PARAMETERS_3(f), JOBFARM_PARAMETER(f, 3)
#define JOBFARM_PARAMETERS_5(f)                                                \
  JOBFARM_PARAMETERS_4(f), JOBFARM_PARAMETER(f, 4)
#define JOBFARM_PARAMETERS_6(f)                                                \
  JOBFARM_PARAMETERS_5(f), JOBFARM_PARAMETER(f, 5)

#define JOBFARM_ARGUMENTS_0
#define JOBFARM_ARGUMENTS_1 p0
#define JOBFARM_ARGUMENTS_2 p0, p1
#define JOBFARM_ARGUMENTS_3 p0, p1, p2
#define JOBFARM_ARGUMENTS_4 p0, p1, p2, p3
#define JOBFARM_ARGUMENTS_5 p0, p1, p2, p3, p4
#define JOBFARM_ARGUMENTS_6 p0, p1, p2, p3, p4, p5
