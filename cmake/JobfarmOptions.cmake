# Language, warnings, sanitizers and ccache for every target of ours.
set(CMAKE_CXX_STANDARD 17)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

set(JOBFARM_SANITIZERS "" CACHE STRING
    "Comma-separated sanitizers for all targets: address,undefined or thread")
option(JOBFARM_WERROR "Warnings in our code are errors" ON)
option(JOBFARM_UNITY "Compile files of a library together: quicker" OFF)

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
endif()

add_library(jobfarm_options INTERFACE)
target_include_directories(jobfarm_options INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(jobfarm_options INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion
  # What a file keeps to itself is in sight of those behind it in a unit.
  $<IF:$<BOOL:${JOBFARM_UNITY}>,-Wno-subobject-linkage,-Wshadow>
  $<$<BOOL:${JOBFARM_WERROR}>:-Werror>
  # g++ cleans up its memory from 128 MB on; the peak is no higher with 256.
  $<$<CXX_COMPILER_ID:GNU>:--param=ggc-min-heapsize=262144>)
if(JOBFARM_SANITIZERS)
  # CAF's headers bind references to null, hence no-sanitize=null.
  target_compile_options(jobfarm_options INTERFACE
    -fsanitize=${JOBFARM_SANITIZERS} -fno-omit-frame-pointer
    -fno-sanitize-recover=all
    # Checks in between hide from g++ that a value was set.
    -Wno-maybe-uninitialized)
  if(JOBFARM_SANITIZERS MATCHES undefined)
    target_compile_options(jobfarm_options INTERFACE -fno-sanitize=null)
  endif()
  target_link_options(jobfarm_options INTERFACE
    -fsanitize=${JOBFARM_SANITIZERS})
endif()
