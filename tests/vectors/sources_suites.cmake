target_sources(vectors PRIVATE sources_pages_suites.cpp
                               sources_suites.cpp)
target_link_libraries(vectors PRIVATE jobfarm_sources jobfarm_normalize)
