package org.usersvc.systemd.manage;

import java.util.ArrayList;
import java.util.List;
import org.usersvc.systemd.engine.News;
import org.usersvc.systemd.engine.UnitRecord;
import org.usersvc.systemd.job.Job;
import org.usersvc.systemd.job.JobResult;

/** All who hear the news, in the order in which they began to. */
final class NewsList implements News {
  private final List<News> all = new ArrayList<>();

  void add(News news) {
    all.add(news);
  }

  @Override
  public void jobAdded(Job job) {
    for (var news : all) {
      news.jobAdded(job);
    }
  }

  @Override
  public void jobChanged(Job job) {
    for (var news : all) {
      news.jobChanged(job);
    }
  }

  @Override
  public void jobRemoved(Job job, JobResult result) {
    for (var news : all) {
      news.jobRemoved(job, result);
    }
  }

  @Override
  public void unitAdded(UnitRecord unit) {
    for (var news : all) {
      news.unitAdded(unit);
    }
  }

  @Override
  public void unitRemoved(UnitRecord unit) {
    for (var news : all) {
      news.unitRemoved(unit);
    }
  }

  @Override
  public void unitChanged(UnitRecord unit) {
    for (var news : all) {
      news.unitChanged(unit);
    }
  }

  @Override
  public void unitNoted(UnitRecord unit) {
    for (var news : all) {
      news.unitNoted(unit);
    }
  }

  @Override
  public void reloading(boolean begins) {
    for (var news : all) {
      news.reloading(begins);
    }
  }
}
