target_sources(vectors PRIVATE dedupe_suites.cpp)
target_link_libraries(vectors PRIVATE jobfarm_dedupe)
