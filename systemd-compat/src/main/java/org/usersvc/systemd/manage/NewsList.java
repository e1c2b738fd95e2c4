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
    all.forEach(news -> news.jobAdded(job));
  }

  @Override
  public void jobChanged(Job job) {
    all.forEach(news -> news.jobChanged(job));
  }

  @Override
  public void jobRemoved(Job job, JobResult result) {
    all.forEach(news -> news.jobRemoved(job, result));
  }

  @Override
  public void unitAdded(UnitRecord unit) {
    all.forEach(news -> news.unitAdded(unit));
  }

  @Override
  public void unitRemoved(UnitRecord unit) {
    all.forEach(news -> news.unitRemoved(unit));
  }

  @Override
  public void unitChanged(UnitRecord unit) {
    all.forEach(news -> news.unitChanged(unit));
  }

  @Override
  public void unitNoted(UnitRecord unit) {
    all.forEach(news -> news.unitNoted(unit));
  }

  @Override
  public void reloading(boolean begins) {
    all.forEach(news -> news.reloading(begins));
  }
}
